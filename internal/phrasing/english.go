package phrasing

import "regexp"

// english is what the rules know of English. What follows ~ makes the words before it harmless.
func english() *lexicon {
	return &lexicon{
		language: English,
		rules: map[Finding][]rule{
			Claim: rulesOf(
				`i (?:(?:really|truly|do|fully|certainly|clearly|think i|believe i|feel i) )*deserved?`,
				`(?:i have|i've) (?:more than |really |truly )?earned (?:this|that|it|the|a|my)`,
				`(?:my|a|the) (?:good )?right to`,
				`entitled to`,
				`i (?:do |really |must )?(?:demand|insist)`,
				`i (?:do |would |really )?expect (?:that )?(?:you|my manager|the company) ~ you (?:will|would) (?:see|find|ask)`,
				`i (?:do |would |really )?expect (?:to (?:be (?:promoted|paid|given|sent)|get|receive)|(?:a|an|the|my|more|at least) (?:\w+ )?(?:promotion|raise|rise|answer|decision|budget|title|place|bonus|money|pay|yes))`,
				`(?:about|high) time (?:that )?(?:i|you|we)`,
				`you (?:must|have to|need to|ought to|have got to) (?:give|let|send|pay|make|promote|approve|grant|allow|support|change|put)`,
				`(?:only|just) (?:be )?fair`,
				`(?:unfair|not fair|isn't fair) (?:that|to me)`,
				`(?:you|they|the company) (?:still )?owes? me`,
				`i(?: am|'m) (?:still )?owed`,
				`the least (?:that )?you (?:can|could) do`,
				`i should have (?:been (?:promoted|given|paid|chosen|asked)|got|had)`,
				`i (?:want|need) (?:a|an|more|my|better|higher) (?:\w+ )?(?:raise|rise|money|promotion|pay|salary|bonus|title)`,
				`i (?:will|would) not accept`,
			),
			Blame: rulesOf(
				`you never ~ you never (?:stopped|tired|doubted|said no|let me down|gave up|complained)`,
				`you (?:always|only ever) (?:give|gave|forget|forgot|ignore|ignored|put|leave|left|refuse|say no|said no|choose|chose|prefer|favour|tell|make) ~ (?:helped|helps|thank|thanks)`,
				`(?:your|his|her|their) (?:own )?fault`,
				`because of you ~ thank|thanks|grateful|learned`,
				`(?:nobody|no one) (?:here|ever|in this team|on this team|cares|listens|helps|asks|asked|told|tells|thinks of|thought of)`,
				`you (?:had )?promised (?:.* )?(?:nothing|never|not|didn't|still)`,
				`you (?:did not|didn't|have not|haven't|had not) (?:even )?(?:keep|kept|ask|asked|answer|answered|tell|told|support|help|helped|listen|listened|do|done|give|given|send|sent|think|thought)`,
				`you (?:do not|don't|would not|wouldn't|won't|can't) (?:even )?(?:support|help|listen|care|understand|trust|value|respect|appreciate|let me|give me|answer) ~ if you|need not`,
				`you (?:should|could|might) have`,
				`you (?:have |had |just |simply )*(?:ignored?|forgot|forgotten|overlooked?|failed|neglected|refused|blocked|passed me over|let me down)`,
				`(?:team|company|management|leadership|they|he|she|hr|colleagues) (?:never|always|don't|doesn't|do not|does not) (?:help|helps|care|cares|ask|asks|listen|listens|understand|understands|give|gives|gets?|want|wants|see|sees)`,
				`(?:once|yet) again (?:i|you|they|nobody|no one|it)`,
				`as usual`,
				`(?:management|leadership|hr|you|they|nobody) (?:has|have) no idea`,
				`why (?:did|do|have|would) you (?:not|never|give|given|choose|chosen|promote|promoted|refuse|ignore|forget|forgotten|always)`,
			),
		},
		asks: oneOf(`i would (?:also |really |gladly )?(?:like|love)`, `i'd (?:also |really )?(?:like|love)`, `could i`, `may i`, `can i`, `could you`, `can you`, `would you`, `please`,
			`i(?: also)? ask for`, `i(?: am|'m) (?:also )?asking for`, `i want`, `i deserve`, `i expect`, `let me`, `i demand`),
		more:  oneOf(`(?:and|,) (?:could|can|may|would) (?:i|you|we)`, `(?:and|,) i would (?:also )?like`, `and please`),
		also:  oneOf(`also`, `in addition`, `additionally`, `besides`, `as well`, `furthermore`, `moreover`, `on top of (?:that|this|it)`, `and (?:could|can|may|would) (?:i|you)`),
		joins: oneOf(`and`, `as well as`, `plus`, `together with`, `along with`, `,`, `, and`),
		where: regexp.MustCompile("^ (?:at|with|on|from|by|until|between|where|while|when|then|as|or|but) "),
		aside: oneOf(`, (?:\d\S*|an?|half an?|two|three|four|five|six|seven|eight|ten|twelve) (?:\w+ )?(?:days?|hours?|afternoons?|mornings?|evenings?|weeks?|months?|euros?|francs|pounds|dollars) (?:in|at|of|with|long|each|altogether|spread|a|on site)`, `which`, `that costs?`, `costs?`, `since`, `because`, `so that`, `who`, `whose`, `in order to`, `and (?:then )?(?:tell|show|teach|report)`),
		things: thingsOf(
			`raise|rise|pay|salary|bonus|money|budget|euros?|dollars|pounds|francs`,
			`courses?|training|conference|workshop|seminar|certificate|certification|programme|degree|coaching`,
			`mentor|coach|sponsor|introduction|introduce`,
			`days?|hours?|afternoons?|mornings?|fridays?|weeks?|time off|sabbatical`,
			`title|promotion|promoted|level|role`,
			`project|responsibility|lead|assignment|line|team of my own|deputy`,
			`laptop|desk|tool|licence|license|machine`,
			`home|remote|remotely`,
		),
	}
}
