"""Short and other forms of given names, folded: whom people may mean by them. A form may belong to several names."""

_TABLE = """
abigail: abby gail
alexander: alex al sasha sandy xander alec alejandro alessandro aleksander oleksandr
alexandra: alex sasha sandra lexi alexa aleksandra alessandra
alfred: alf fred freddie
andrew: andy drew andreas andre andrea andrei andrzej
anna: ann anne annie anya ania anka hanna hannah
anthony: tony antonio anton antoine toni
antonia: toni tonia
barbara: barb barbie babs basia
benjamin: ben benny benji
bernard: bernie bernhard
beatrice: bea trixie beatriz
caroline: carol carrie caro karolina carolina
catherine: cathy kate katie cath katherine kathryn kathy katya katarina katharina catarina kat kasia ekaterina
charles: charlie chuck carlos carl karl chas
charlotte: lottie charlie lotte
christina: chris tina christine kristina krisztina christa
christopher: chris kit topher christoph christophe kristof cristobal
daniel: dan danny danilo
daniela: dani danielle
david: dave davey
deborah: deb debbie debra
dmitri: dima mitya dmitry dimitri
dominic: dom nick dominik
donald: don donnie
dorothy: dot dottie dorothea
edward: ed eddie ted teddy ned eduardo eduard
eleanor: ellie nora nell eleonora
elizabeth: liz beth betty eliza lizzie libby lisa elisabeth elsa bess elise bettina isabel elzbieta
emily: em emilia emmy
emmanuel: manny manuel manu
eugene: gene evgeny
evelyn: eve evie
florence: flo flora
francis: frank fran franz francesco francisco francois paco
frances: fran frannie francesca francisca
frederick: fred freddie rick friedrich frederik federico
gabriel: gabe gabi
gabriella: gabi gabby gabriele
george: georg jorge giorgio jerzy yuri
gerald: gerry jerry gerhard gerard
gregory: greg grigori gregor
gwendolyn: gwen
harold: harry hal
helen: nell lena ellen elena helena helene
henry: harry hank hal heinrich henrik enrique henri
herbert: herb bert
hubert: bert hugh
ignatius: ignacio nacho
isabella: bella izzy isabel
jacob: jake jakob jacques
jacqueline: jackie
james: jim jimmy jamie jaime
janet: jan
jeffrey: jeff geoff geoffrey
jennifer: jen jenny jenna
jessica: jess jessie
joan: joanna johanna joanne jo
john: jack johnny jon juan johan johann hans jan ivan ian sean giovanni jean janek
jonathan: jon jonny nathan
joseph: joe joey jose josef giuseppe pepe josip
josephine: jo josie
joshua: josh
judith: judy
julia: jules juliana iulia
katarina: kasia katja
kenneth: ken kenny
kimberly: kim
lawrence: larry laurence lars lorenz lorenzo
leonard: leo len lenny leonardo
lewis: lou louis luis ludwig luigi lew
louise: lou luisa
lucas: luke lukas lukasz luca
magdalena: magda lena maddie madeleine
margaret: maggie meg peggy marge margie greta gretchen margarita marguerite rita malgorzata gosia
maria: mary marie molly mia marija masha mariya
martha: marta patty
martin: marty marcin
matthew: matt matty matteo matthias mateo mateusz
maximilian: max
megan: meg
melissa: mel missy
michael: mike mick mickey misha michel michele miguel mikhail michal mikael mischa
miriam: mimi
mohammed: mo mohamed muhammad mohammad mehmet
nancy: ann
natalia: nat natalie natasha nathalie
nathaniel: nate nathan nat
nicholas: nick nicky nico nikolai niklas klaus nicolas nikolaus mikolaj
nicole: nicky nikki
oliver: ollie
olivia: liv livvy
pamela: pam
patricia: pat patty trish tricia patrizia
patrick: pat paddy patricio
paul: pablo paolo pavel pawel
penelope: penny
peter: pete pedro pietro piotr petr pierre petra
philip: phil felipe filippo philipp
rachel: rae raquel
raymond: ray ramon
rebecca: becky becca
richard: rick dick rich ricky ricardo riccardo
robert: bob bobby rob robbie bert roberto
roger: rodge ruediger
ronald: ron ronnie ronaldo
rosemary: rose rosie
rudolf: rudi rolf
samuel: sam sammy
samantha: sam
sarah: sally sadie sara
sebastian: seb bastian basti
sofia: sophie sophia zofia
stanley: stan stanislav stanislaw
stephen: steve steven stefan stephan esteban etienne stevie
stephanie: steph stefanie
susan: sue suzie susanne susanna zuzana
sylvia: silvia
terence: terry
teresa: terry tess theresa tessa
theodore: ted teddy theo fyodor
thomas: tom tommy tomas tomasz tommaso
timothy: tim timmy
tobias: toby tobi
ulrich: uli
valentina: val
valerie: val
victor: vic viktor
victoria: vicky tori viktoria
vincent: vince vinnie vincenzo
virginia: ginny
vladimir: vova volodya volodymyr vlad
walter: walt wally
william: bill billy will willy liam wilhelm guillaume guillermo
wolfgang: wolf
yvonne: eve
zachary: zach zack
"""

ROOTS = {
    root: tuple(forms.split())
    for root, _, forms in (line.partition(": ") for line in _TABLE.strip().splitlines())
}
