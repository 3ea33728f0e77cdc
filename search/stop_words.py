"""Small words that a question need not find: articles, prepositions, pronouns, and how questions begin.

Of all languages at once: which one somebody types in is not known. Words that also mean a thing are not here
(Spanish "estado"), and one that is typed in capitals is a name ("WHO").
"""

from search.text import fold

_WORDS = """
a about against all also am an and any are as at be been being between both but by can could did do does for
from had has have how i if in into is it its me more most my not of on or other our should so some such than
that the their them then there these they this those through to under us was we were what when where which
who whom whose why will with within would you your
au aux avec ce ces cet cette chez comme comment contre dans de des du elle elles en entre est et eux il ils je
la le les leur leurs lors mais meme mes moi mon ne nos notre nous ou où par parmi pas pour qu que quel quelle
quelles quels qui quoi sa sans se ses si son sont sous sur ta te tes ton tous tout toute toutes un une vos
votre vous y
al ante bajo como cómo con contra cual cuál cuales cuáles cuando de del desde donde dónde dos e el ella ellas
ellos entre era es esa esas ese eso esos esta está están estas este esto estos fue ha han hasta hay la las le
les lo los mas más me mi muy nos nuestra nuestro o os otra otro para pero por porque que qué quien quién
quienes quiénes se ser si sí sin sobre son su sus también te tiene todas todos tu tus un una unas uno unos
y ya
без бы был была были было быть в вас во вот все всех вы где для до его ее ей если есть еще же за и из или им
их к как какая какие какой когда которая которые который кто ли между меня мне мы на над нас наш не него нее
нет ни них но о об от по под при против с свои свой со так также такой там те тем то того тоже только том ты
у уже чего чем что чтобы эта эти это этого этой этот я
أن إلى الذي الذين التي اللاتي أو أي أين أيضا إن بعد بين تحت ثم حتى حول حيث ذلك تلك ضد عن عند على على في
قبل قد كان كانت كل كما كيف لا لم لماذا لن ليس ما متى مع من منذ نحن نحو هذا هذه هل هم هو هي هناك و
"""
# They open a question about who does something; then, and beside a kind of who ("NGOs working on"), the doing
# need not be found either.
_ASKING = """
who what which qui que quel quelle quels quelles quien quién quienes quiénes que qué cual cuál кто какие какая
какой من ما
"""
_DOING = """
active ask combat combating combats contact count counted deal dealing deals do does doing engaged fight
fighting fights find happened held help helps
involved like look looks many much part said say says take taken takes took work working works
active actif actifs agit agissent aide aident combat combattent fait font lutte luttent occupe occupent
travaille travaillent
actua actúan ayuda ayudan combate combaten dedica dedican hace hacen lucha luchan ocupa ocupan trabaja
trabajan
борется борются занимается занимаются помогает помогают работает работают
يعمل تعمل يعملون يهتم تهتم يساعد تساعد يكافح تكافح
"""
# Where words have no spaces between them: what may stand beside a name, as signs or as a whole piece.
STOP_SIGNS = "的了在是和与及或从对把被为于之中里谁哪些什么怎样如何有关于吗呢反の"
STOP_RUNS = frozenset(
    ("组织", "打击", "从事", "开展", "致力于", "负责", "参与", "请问", "哪里", "哪个", "可以", "需要")
)
STOP_WORDS, ASKING, DOING = (frozenset(map(fold, words.split())) for words in (_WORDS, _ASKING, _DOING))
