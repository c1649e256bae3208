package web

import (
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/round"
)

// The right helper: mentors, those who are asked, and the pairs.

// mentorRoutes are what people offer as mentors, finding one, and asking.
func (s *Server) mentorRoutes() {
	s.get("/mentors", Colleague, listMentors)
	s.get("/mentors/profile", Member, editMentorProfile)
	s.post("/mentors/profile", Member, offerMentoring, editMentorProfile)
	s.get("/mentors/profile/versions", Member, showOfferVersions)
	s.post("/mentors/profile/withdrawal", Member, offerMentoringNoMore, editMentorProfile)
	s.get("/mentors/{person}", Colleague, showMentor)
	s.get("/mentor-requests", Member, listMentorRequests)
	s.get("/mentor-requests/new", Colleague, newMentorRequest)
	s.post("/mentor-requests", Colleague, askMentor, newMentorRequest)
	s.get("/mentor-requests/{id}", Sides, showMentorRequest)
	s.post("/mentor-requests/{id}/answer", Asked, answerMentorRequest, showMentorRequest)
	s.post("/mentor-requests/{id}/reply", Owner, tellMentorMore, showMentorRequest)
	s.post("/mentor-requests/{id}/next", Owner, askNextMentor, showMentorRequest)
	s.post("/mentor-requests/{id}/closing", Owner, closeMentorRequest, showMentorRequest)
}

// referralRoutes are introductions, for the two who have one and for the third.
func (s *Server) referralRoutes() {
	s.get("/referrals", Member, listReferrals)
	s.get("/referrals/new", Colleague, newReferral)
	s.post("/referrals", Colleague, makeReferral, newReferral)
	s.get("/referrals/{id}", Sides, showReferral)
	s.post("/referrals/{id}/naming", Asked, nameThird, showReferral)
	s.post("/referrals/{id}/agreement", Owner, agreeToThird, showReferral)
	s.post("/referrals/{id}/refusal", Owner, declineThird, showReferral)
	s.post("/referrals/{id}/link", Asked, linkThird, showReferral)
	s.post("/referrals/{id}/note", Asked, noteThird, showReferral)
	s.post("/referrals/{id}/introduction", Asked, introduce, showReferral)
	s.post("/referrals/{id}/follow-up", Owner, followReferral, showReferral)
	s.post("/referrals/{id}/follow-up/day", Owner, moveFollowUp, showReferral)
	s.post("/referrals/{id}/follow-up/letting-go", Owner, letFollowUpGo, showReferral)
	s.post("/referrals/{id}/letting-go", Owner, letGoOfReferral, showReferral)
	s.get("/introductions/{id}", Asked, showIntroduction)
	s.post("/introductions/{id}", Asked, answerIntroduction, showIntroduction)
}

// mentorshipRoutes are what a mentor and a mentee do once they are a pair.
func (s *Server) mentorshipRoutes() {
	s.get("/mentorships", Member, listMentorships)
	s.get("/mentorships/{id}", Sides, showMentorship)
	s.post("/mentorships/{id}/agreement", Sides, agreeMentorship, showMentorship)
	s.post("/mentorships/{id}/agreement/staying", Sides, stayAsAgreed, showMentorship)
	s.get("/mentorships/{id}/versions", Sides, showMentorshipVersions)
	s.post("/mentorships/{id}/sessions", Sides, meetMentorship, showMentorship)
	for _, kind := range mentorship.Kinds {
		s.post("/mentorships/{id}/"+kind.Field(), Sides, writeMentorship(kind), showMentorship)
	}
	s.post("/mentorships/{id}/going-on", Sides, goOnMentorship, showMentorship)
	s.post("/mentorships/{id}/end", Sides, endMentorship, showMentorship)
	s.post("/mentorships/{id}/win", Owner, winOfMentorship, showMentorship)
}

// counselRoutes are what others advised, and what came of it.
func (s *Server) counselRoutes() {
	s.get("/counsel", Member, listCounsel)
	s.get("/counsel/new", Member, newCounsel)
	s.post("/counsel", Member, keepCounsel, newCounsel)
	s.post("/askings/{id}/counsel", Owner, keepAnswer, nil)
	s.get("/counsel/{id}", Viewer, showCounsel)
	s.get("/counsel/{id}/versions", Owner, showCounselVersions)
	s.get("/counsel/{id}/edit", Owner, editCounsel)
	s.post("/counsel/{id}", Owner, changeCounsel, editCounsel)
	s.post("/counsel/{id}/decision", Owner, decideCounsel, showCounsel)
	s.post("/counsel/{id}/outcome", Owner, tellCounsel, showCounsel)
	s.post("/counsel/{id}/win", Owner, winOfCounsel, showCounsel)
	s.post("/counsel/{id}/removal", Owner, removeCounsel, nil)
	s.get("/counsel/{id}/share", Owner, shareCounsel)
	s.post("/counsel/{id}/share", Owner, give("counsel", counsel.Share), shareCounsel)
}

// relationshipRoutes are the people who matter to somebody, a list of their own.
func (s *Server) relationshipRoutes() {
	s.get("/relationships", Member, listRelationships)
	s.get("/relationships/new", Member, newRelationship)
	s.post("/relationships", Member, addRelationship, newRelationship)
	s.post("/relationships/let-go", Member, letGoOfOffer, listRelationships)
	s.get("/relationships/{id}", Owner, showRelationship)
	s.post("/relationships/{id}", Owner, changeRelationship, showRelationship)
	s.post("/relationships/{id}/exchange", Owner, metRelationship, showRelationship)
	s.post("/relationships/{id}/next/letting-go", Owner, noNextRelationship, nil)
	s.post("/relationships/{id}/removal", Owner, removeRelationship, nil)
}

// roundRoutes are matching rounds: for who takes part, and for who runs them.
func (s *Server) roundRoutes() {
	s.get("/rounds", Colleague, listRounds)
	s.get("/rounds/new", Programmes, newRound)
	s.post("/rounds", Programmes, openRound, newRound)
	s.get("/rounds/{id}", Colleague, showRound)
	for _, side := range []round.Side{round.Mentee, round.Mentor} {
		path := "/rounds/{id}/" + string(side)
		s.get(path, Colleague, signUpForRound(side))
		s.post(path, Colleague, joinRound(side), signUpForRound(side))
		s.post(path+"/leaving", Colleague, leaveRound(side), signUpForRound(side))
	}
	s.get("/rounds/{id}/running", Programmes, runRound)
	s.post("/rounds/{id}/running", Programmes, changeRound, runRound)
	s.get("/rounds/{id}/people", Programmes, listRoundPeople)
	s.post("/rounds/{id}/invitations", Programmes, inviteToRound, runRound)
	s.post("/rounds/{id}/undoing", Programmes, undoRound, runRound)
	s.post("/rounds/{id}/ending", Programmes, endRound, runRound)
	s.get("/rounds/{id}/variants", Programmes, compareVariants)
	s.postLonger("/rounds/{id}/variants", Programmes, workedOut(addRoundVariant, ""), runRound)
	s.get("/round-variants/{id}", Programmes, showVariant)
	s.postLonger("/round-variants/{id}", Programmes, workedOut(changeVariant, ""), showVariant)
	s.postLonger("/round-variants/{id}/working-out", Programmes, workedOut(workOutVariant, ""), showVariant)
	s.post("/round-variants/{id}/publication", Programmes, publishVariant, showVariant)
	s.post("/round-variants/{id}/removal", Programmes, removeVariant, showVariant)
	s.postLonger("/round-variants/{id}/changes", Programmes, workedOut(changeVariantPair, "#by-hand"), showVariant)
	s.postLonger("/round-variants/{id}/changes/removal", Programmes, workedOut(takeVariantChangeBack, "#by-hand"), showVariant)
	s.get("/round-variants/{id}/mentees/{mentee}", Programmes, showVariantMentee)
}

// figureRoutes are what the organisation sees, which is what everybody in it sees.
func (s *Server) figureRoutes() {
	s.get("/figures", Colleague, showFigures)
	s.get("/figures/table.csv", Colleague, downloadFigures)
	s.get("/figures/protection", Colleague, showFiguresProtected)
}
