package smart

// lexicons are what is known of each language. A rule that needs a word that is not here stays
// silent: it is better to say nothing than something that is not so.
var lexicons = map[string]*lexicon{
	English: {
		names: true,
		usual: phrasesOf("the, and, to, of, a, an, in, my, me, with, that, for, at, by, be, is, i, on, from, how, have, without, not, as, it, this, or, who, what, " +
			"when, where, until, before, after, over, own, others, people, work, life, team, their, each, every, so, up, out, was, will, can, again"),
		number: phrasesOf("one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, twenty, thirty, forty, fifty, hundred, thousand, " +
			"half, twice, third, quarter of, percent, dozen"),
		vague: phrasesOf("better, improve*, more, less, good, great, stronger, strengthen*, optimise, optimize, optimising, optimizing, develop*, grow, increase*, faster, slower, happier, happy, healthier, " +
			"healthy, properly, visible, visibility, impact, strategic, confident, confidence, seen as, trust, manage my time, procrastinat*, relationship, expert, get feedback, " +
			"be efficient, efficiency, productive, productivity, effective*, quality, what my boss, skills, enhance*, boost*, successful, fewer, cleaner, clearer, calmer, quicker, easier, " +
			"closer, bigger, smarter, wiser, tougher, kinder, friendlier, tidier, smoother, safer, deeper, broader, wider, higher, lower, deal with, handle, tackle, contribute, deepen, " +
			"sharpen, gain, broaden, widen, expand, foster, focus on, work on, cope with, engage, maximi*, role model, get feedback, prioriti*, balance"),
		being: phrasesOf("be, become, stay, remain"),
		place: phrasesOf("on, at, in, the, able, part, there, elected, chosen, invited, promoted"),
		not:   phrasesOf("no more, more than, less than, not more, better than, good enough"),
		anchor: phrasesOf("without, within, so that, that a, that the, who is, that my, which, in front of, before i, after each, instead of, alone, on my own, by myself, " +
			"from scratch, enough, at least, at most, by heart, certified, licensed, chartered, registered, qualified"),
		deed: phrasesOf("pass, publish*, give, lead, finish*, write, build*, explain, hand, hold, introduc*, take, move, speak, keep, start, save, bring, help, make, replace, ask, " +
			"have, present, win, open, visit*, set, read, calculate, coach, close, find, run, answer, send, say, know, sign, launch*, ship*, deliver*, complete*, organi*, teach*, mark, " +
			"leave, sleep, certificate, certified, licence, license, examination, exam, degree, promoted, promotion, on stage, the person who, shorten, cut, sing, used, asks, tells, " +
			"sums, apply, negotiate, join, rewrite, repair, design, document, automate, migrate, interview, hire, mentor, plan, propose, sell"),
		learn:   phrasesOf("learn*, understand*, get to know, know how, study*, become, be, feel"),
		big:     phrasesOf("learn, lead, become, move, finish, build, open, run, earn, found, study, retire, buy"),
		and:     phrasesOf("and"),
		feeling: phrasesOf("feel*, happy, happier, satisfied, confident, calm*, comfortable, content, proud, better"),
		always: phrasesOf("never, always, all, everything, everybody, everyone, no more, know all, zero, no errors, no mistakes, perfect*, every customer, every single, every time, " +
			"100 %, 100%, flawless*, zero mistakes, zero errors"),
		span:   phrasesOf("all year, all week, all month, all season, all in all"),
		health: phrasesOf("burnout, burn-out, depression, recover, recovering, recovery, illness, grief, grieving, chemo*, surgery, miscarriage, sober, anxiety, healthy again"),
		others: phrasesOf("promoted, promotion, seen as, recogni*, appreciated, trust me, earn more, a raise, pay raise, be chosen, win the, elected, accepted by, pay rise, a rise, become manager, become director, become partner, famous, become team lead, become head, " +
			"team lead, my manager should, my boss should, they should, be hired, be liked, respected, get the job, be picked, be invited"),
		whose: phrasesOf("boss, manager wants, manager expects, manager says, have to, has to, must, should, supposed, everybody does, everyone does, expected of me, " +
			"they want me, they expect, hr wants, because of hr, told me to, my parents"),
		time: phrasesOf("by january, by february, by march, by april, by may, by june, by july, by august, by september, by october, by november, by december, next year, " +
			"next month, next week, next quarter, this year, this quarter, this month, before summer, before christmas, before easter, by summer, by easter, by christmas, by the end, " +
			"by end, until the end, until june, until summer, until easter, until christmas, until january, until february, until march, until april, until may, until july, until august, until september, until october, until november, " +
			"until december, after the holidays, after the summer, after easter, after christmas, by autumn, by spring, by winter, in spring, in summer, in autumn, in winter, " +
			"in january, in february, in march, in april, in june, in july, in august, in september, in october, in november, in december, within a year, within the year, by friday, by monday"),
	},
	German: {
		usual: phrasesOf("der, die, das, und, mit, von, zu, zur, zum, den, dem, des, ein, eine, einen, einem, einer, eines, mich, mir, mein, meine, meinen, meiner, auf, für, dass, ist, nicht, " +
			"ich, bis, im, vor, bei, was, wie, so, über, nach, an, ins, es, er, sie, wird, werden, wir, uns, sich, noch, nur, auch, als, wenn, weil, jede, jeden, jeder, allen, aus, ohne, " +
			"nie, nein, immer, arbeit, team, führung, in"),
		number: phrasesOf("eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn, elf, zwölf, zwanzig, dreißig, vierzig, fünfzig, hundert, tausend, " +
			"hälfte, zweimal, dreimal, drittel, dritten, prozent, dutzend, auf eine unterschrift, zweite woche, auf einer seite"),
		vague: phrasesOf("besser*, verbesser*, mehr, weniger, gut*, stärk*, optimier*, weiterentwickeln, entwickeln, wachsen, steigern, erhöhen, schneller, langsamer, " +
			"glücklich*, zufriedener, gesünder*, gesund, ordentlich, sichtbar*, strategisch*, selbstbewusst*, sicherer, wahrgenommen, vertrauen, zeitmanagement, expert*, " +
			"feedback bekommen, effizien*, produktiv*, effektiv*, qualität, erfolgreich*, was mein chef, professioneller, ausbauen, intensivieren, umgehen, beitragen, vertiefen, schärfen, ausweiten, fördern, kümmern, beschäftigen, fähigkeiten, kompetenzen, ordnung, " +
			"klarer, ruhiger, leichter, sauberer, freundlicher, näher, tiefer, breiter, höher, niedriger, maximier*, priorisier*, vorbild, balance"),
		endsBeing: phrasesOf("sein, bleiben, wirken, auftreten, werden"),
		not:       phrasesOf("nicht mehr, mehr als, weniger als, besser als, gut genug, so gut"),
		anchor: phrasesOf("ohne, innerhalb, damit, sodass, so dass, dass ein, dass eine, dass ich, dass sie, dass er, dass der, dass die, bevor ich, nach jeder, nach jedem, statt, " +
			"allein, alleine, selbst, auswendig, mindestens, höchstens, zertifizier*, geprüft*, staatlich"),
		deed: phrasesOf("bestehen, veröffentlich*, vorstellen, halten, leite*, schreib*, bauen, erklären, übergeben, übernehmen, einführen, wechseln, sprechen, beginnen, sparen, " +
			"bringen, begleite*, fragen, besuchen, öffnen, eröffnen, einrichten, lesen, rechnen, abschließen, schließen, finden, laufen, beantworten, senden, schicken, sagen, unterschreib*, " +
			"liefern, organisieren, zeigen, markieren, gehen, stellen, essen, prüfung, zertifikat, geprüft*, führerschein, kurs, befördert, beförderung, senken, verkürzen, heben, halbieren, fertig, " +
			"zählt, machen, dauert, gewinnen, verkaufen, entwerfen, dokumentieren, automatisieren, gründen, bewerben, reparieren, unterrichten, wiederholen"),
		learn:   phrasesOf("lernen, verstehen, kennenlernen, studieren, sein, fühlen, auftreten, denken"),
		big:     phrasesOf("lernen, leiten, werden, wechseln, studieren, gründen, eröffnen, abschließen, ziehen, kaufen"),
		and:     phrasesOf("und"),
		feeling: phrasesOf("fühl*, glücklich*, zufrieden*, sicher*, ruhig*, wohl, stolz, besser, gelassen*"),
		always:  phrasesOf("nie, niemals, immer, alle, alles, jederzeit, perfekt*, fehlerfrei*, fehlerlos*, null, keine fehler, jeden kunden, jede kundin, ausnahmslos, 100 %, 100%"),
		span:    phrasesOf("immer montags, immer dienstags, immer mittwochs, immer donnerstags, immer freitags, alle paar, alles in allem"),
		health:  phrasesOf("burnout, burn-out, depression*, erholen, genesen, genesung, krankheit, trauer*, chemo*, operation, fehlgeburt, trocken bleiben, gesund werden, wieder gesund, angststörung"),
		others: phrasesOf("befördert, beförderung, wahrgenommen, anerkannt, anerkennung, mehr verdienen, gehaltserhöhung, gehalt, gewählt, angenommen, *leitung werden, *leiter werden, *leiterin werden, *chef werden, *chefin werden, direktorin werden, direktor werden, berühmt, mein chef soll, meine chefin soll, " +
			"respektiert, geschätzt werden, teamleiter werden, teamleiterin werden, eingeladen werden, gesehen werden, ausgewählt"),
		whose: phrasesOf("chef*, vorgesetzte*, muss, müssen, sollte, soll, man das, man eben, man halt, erwartet, erwarten, verlangt, alle machen, meine eltern, hr will"),
		time: phrasesOf("bis januar, bis februar, bis märz, bis april, bis mai, bis juni, bis juli, bis august, bis september, bis oktober, bis november, bis dezember, nächstes jahr, " +
			"nächsten monat, nächste woche, im nächsten jahr, dieses jahr, vor dem sommer, vor weihnachten, vor ostern, bis zum sommer, bis sommer, bis ostern, bis weihnachten, bis ende, " +
			"bis zum, im frühjahr, im sommer, im herbst, im winter, im januar, im februar, im märz, im april, im mai, im juni, im juli, im august, im september, im oktober, im november, " +
			"im dezember, bis freitag, bis montag, in diesem jahr, in diesem quartal, nächstes quartal"),
	},
}

// elsewhere are words of other languages, so that they are not taken for one of those above.
var elsewhere = []phrases{
	phrasesOf("le, la, les, de, des, du, et, à, mes, mon, ma, une, un, avec, pour, plus, mieux, dans, être, l'examen, au, aux, en, sur, ne, pas, que, qui"),
	phrasesOf("el, la, los, las, de, y, con, mi, mis, en, para, más, mejor, todos, un, una, del, al, que, sobre, aprender, hablar, leer"),
	phrasesOf("il, lo, la, gli, le, di, e, con, per, più, nelle, nella, una, un, del, della, che, davanti, a, fare, diventare"),
	phrasesOf("de, het, een, en, met, van, te, beter, leren, mijn, voor, op, in, dat, om, niet, ik, over, worden"),
	phrasesOf("w, na, do, z, się, i, mój, moje, lepiej, nie, dla, od, przez, być"),
	phrasesOf("o, os, as, de, e, com, para, mais, melhor, não, um, uma, do, da, aprender, em, meu, minha, dizer"),
	phrasesOf("att, på, och, i, en, ett, bli, bättre, med, för, min, mitt, av, till, inte, jag, være, blive, bedre, og, til, på, ikke, jeg"),
}
