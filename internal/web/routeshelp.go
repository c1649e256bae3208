package web

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
