package digest

import "strings"

// waiting is what waits for people, one select of the person and the word for each: {people} the list of them, $1 the organisation, $2 now,
// $3 the end of the week ahead, $4 its last day, $5 the day a week ago, $6 today.
func waiting(in string) string {
	all := strings.Join([]string{
		asksWaiting, proposalsWaiting, promisesDue, checkInsDue, conversationsAhead, questionsWaiting, introductionsWaiting, mentorsAsked, exchangesNear, moneyGoesBack,
		commentsOpen,
	}, " union all ")
	return "select waits.person, waits.what, count(*) from (" + strings.ReplaceAll(all, "{people}", in) + `
		) as waits
		where waits.person ` + in + `
		group by waits.person, waits.what`
}

const asksWaiting = `
	select coalesce(m.with_person_id, s.with_person_id) as person, 'asks' as what
	from asks a
	join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id and s.ended_at is null
	left join ask_approvals m on m.organisation_id = s.organisation_id and m.sending_id = s.id and m.ended_at is null
	where a.organisation_id = $1 and a.state = 'sent' and a.id in (
			select ask_id from ask_sendings where organisation_id = $1 and ended_at is null and with_person_id {people}
			union select ask_id from ask_approvals where organisation_id = $1 and ended_at is null and with_person_id {people})
		and not exists (select 1 from ask_inquiries q where q.organisation_id = s.organisation_id and q.sending_id = s.id and q.answered_at is null)
	union all
	select a.owner_id, 'asks' from asks a
	join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id and s.ended_at is null
	where a.organisation_id = $1 and a.state = 'sent' and a.owner_id {people}
		and exists (select 1 from ask_inquiries q where q.organisation_id = s.organisation_id and q.sending_id = s.id and q.answered_at is null)`

const proposalsWaiting = `
	select c.by_person_id, 'proposals' from commitments c
	where c.organisation_id = $1 and c.by_person_id {people} and c.settled_at is null and c.agreed_at is null and c.written_by_id <> c.by_person_id and not c.brought_along
	union all
	select case when x.by_id = c.by_person_id then c.to_person_id else c.by_person_id end, 'proposals'
	from commitment_changes x join commitments c on c.organisation_id = x.organisation_id and c.id = x.commitment_id
	where x.organisation_id = $1 and x.state = 'waiting' and c.settled_at is null and not c.brought_along and c.keeper_id is null
		and x.commitment_id in (
			select id from commitments where organisation_id = $1 and settled_at is null and by_person_id {people}
			union select id from commitments where organisation_id = $1 and settled_at is null and to_person_id {people})
	union all
	select p.owner_id, 'proposals' from proposals p
	where p.organisation_id = $1 and p.owner_id {people} and p.state = 'waiting'
	union all
	select case when v.proposed_by_id = v.owner_id then v.partner_id else v.owner_id end, 'proposals' from conversations v
	where v.organisation_id = $1 and v.state = 'requested' and v.partner_id is not null and not v.brought_along and v.at > $2
		and (v.owner_id {people} or v.partner_id {people})`

const promisesDue = `
	select c.by_person_id, 'promises' from commitments c
	where c.organisation_id = $1 and c.by_person_id {people} and c.settled_at is null and c.state = 'open' and c.said_done_at is null and c.due <= $4 and c.due >= $5 and not c.brought_along`

const checkInsDue = `
	select c.to_person_id, 'check-ins' from commitments c
	where c.organisation_id = $1 and c.to_person_id {people} and c.settled_at is null and c.state = 'open' and c.check_in <= $4 and c.check_in >= $5
		and c.to_looked_on is distinct from c.check_in and not c.brought_along
	union all
	select c.by_person_id, 'check-ins' from commitments c
	where c.organisation_id = $1 and c.by_person_id {people} and c.settled_at is null and c.state = 'open' and c.check_in <= $4 and c.check_in >= $5
		and c.keeper_id is null and c.said_done_at is null and c.by_looked_on is distinct from c.check_in and c.due < $5 and not c.brought_along`

const conversationsAhead = `
	select v.owner_id, 'conversations' from conversations v
	where v.organisation_id = $1 and v.owner_id {people} and v.state = 'agreed' and v.at > $2 and v.at <= $3 and not v.brought_along
	union all
	select v.partner_id, 'conversations' from conversations v
	where v.organisation_id = $1 and v.partner_id {people} and v.state = 'agreed' and v.at > $2 and v.at <= $3 and not v.brought_along`

const questionsWaiting = `
	select a.to_person_id, 'questions' from askings a join people p on p.organisation_id = a.organisation_id and p.id = a.owner_id
	where a.organisation_id = $1 and a.way = 'here' and a.to_person_id {people} and a.declined_at is null and a.answered_at is null and a.expires_at > $2 and p.left_at is null
	union all
	select a.owner_id, 'questions' from askings a
	where a.organisation_id = $1 and a.owner_id {people} and a.back_at is not null and a.answered_at is null and a.replied_at is null and not a.brought_along
	union all
	select c.person_id, 'questions' from confirmations c join people p on p.organisation_id = c.organisation_id and p.id = c.owner_id
	where c.organisation_id = $1 and c.person_id {people} and c.answer = '' and p.left_at is null
	union all
	select v.person_id, 'questions' from skill_views v join people p on p.organisation_id = v.organisation_id and p.id = v.owner_id
	where v.organisation_id = $1 and v.person_id {people} and v.ended_at is null and v.answered_at is null and v.expires_at > $2 and p.left_at is null`

const introductionsWaiting = `
	select case when r.state in ('offered', 'introduced') then r.for_id when r.state = 'asked' and r.third_person_id is not null then r.third_person_id else r.by_id end, 'introductions'
	from referrals r
	join commitments c on c.organisation_id = r.organisation_id and c.id = r.commitment_id
	join people b on b.organisation_id = r.organisation_id and b.id = r.by_id
	join people f on f.organisation_id = r.organisation_id and f.id = r.for_id
	where r.organisation_id = $1 and f.left_at is null
		and (r.state in ('offered', 'asked', 'agreed') and c.state = 'open' and b.left_at is null or r.state = 'introduced' and r.follow_on <= $6)
		and r.id in (
			select id from referrals where organisation_id = $1 and by_id {people}
			union select id from referrals where organisation_id = $1 and for_id {people}
			union select id from referrals where organisation_id = $1 and third_person_id {people})`

// mentorsAsked are requests that wait for a mentor's answer, or for what the mentor would like to know; changes of what
// a pair agreed wait for the other side's yes.
const mentorsAsked = `
	select case when m.state = 'asked' then m.mentor_id else m.owner_id end, 'mentors' from mentor_choices m
	where m.organisation_id = $1 and m.state in ('asked', 'more') and (m.mentor_id {people} or m.owner_id {people})
	union all
	select case when s.mentor_agreed = s.revision then s.mentee_id else s.mentor_id end, 'mentors' from mentorships s
	where s.organisation_id = $1 and s.state = 'running' and (s.mentor_agreed = s.revision) <> (s.mentee_agreed = s.revision)
		and (s.mentor_id {people} or s.mentee_id {people})`

const exchangesNear = `
	select r.owner_id, 'exchanges' from relationships r
	left join people p on p.organisation_id = r.organisation_id and p.id = r.person_id
	where r.organisation_id = $1 and r.owner_id {people} and r.next_on <= $4 and r.next_on >= $5 and p.left_at is null`

const moneyGoesBack = `
	select r.person_id, 'money' from budget_reservations r
	where r.organisation_id = $1 and r.person_id {people} and r.state = 'held' and r.thing_kind <> 'programme' and r.until <= $4
	union all
	select b.owner_id, 'money' from budgets b
	join budget_reservations r on r.organisation_id = b.organisation_id and r.budget_id = b.id
	where b.organisation_id = $1 and b.owner_id {people} and b.reserved > 0 and r.state = 'held' and r.thing_kind <> 'programme' and r.until <= $4 and r.person_id <> b.owner_id`

const commentsOpen = `
	select c.owner_id, 'comments' from comments c
	where c.organisation_id = $1 and c.owner_id {people} and c.resolved_at is null and c.taken_back_at is null`
