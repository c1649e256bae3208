package web

import "github.com/ownward/ownward/internal/mentorship"

// The right helper: mentors, those who are asked, and the pairs.

// mentorRoutes are what people offer as mentors, finding one, and asking.
func (s *Server) mentorRoutes() {
	s.get("/mentors", Colleague, listMentors)
	s.get("/mentors/profile", Member, editMentorProfile)
	s.post("/mentors/profile", Member, offerMentoring, editMentorProfile)
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
	s.post("/mentorships/{id}/sessions", Sides, meetMentorship, showMentorship)
	for _, kind := range mentorship.Kinds {
		s.post("/mentorships/{id}/"+kind.Field(), Sides, writeMentorship(kind), showMentorship)
	}
	s.post("/mentorships/{id}/going-on", Sides, goOnMentorship, showMentorship)
	s.post("/mentorships/{id}/end", Sides, endMentorship, showMentorship)
	s.post("/mentorships/{id}/win", Owner, winOfMentorship, showMentorship)
}
