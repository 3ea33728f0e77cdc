from resources.extraction.child import main

main()
