from resources.extracting.child import main

main()
