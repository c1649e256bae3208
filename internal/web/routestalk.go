package web

import "net/http"

// Conversations: the year, the page of two, time and calendars.

// conversationRoutes are conversations and their agenda.
func (s *Server) conversationRoutes() {
	s.get("/conversations", Member, listConversations)
	s.get("/conversations/new", Colleague, newConversation)
	s.post("/conversations", Colleague, requestConversation, newConversation)
	s.get("/conversations/{id}", Sides, showConversation)
	s.get("/conversations/{id}/brief", Sides, showBrief)
	s.get("/conversations/{id}/brief.md", Sides, downloadBrief)
	s.get("/conversations/{id}/earlier/{text}", Sides, showEarlier)
	s.post("/conversations/{id}/accept", Sides, acceptTime, showConversation)
	s.post("/conversations/{id}/time", Sides, proposeTime, showConversation)
	s.post("/conversations/{id}/cancel", Sides, cancelConversation, showConversation)
	s.post("/conversations/{id}/agenda", Sides, addToAgenda, showConversation)
	s.post("/conversations/{id}/suggestions", Sides, takeSuggestion, showConversation)
	s.post("/conversations/{id}/notes", Sides, writeNotes, showConversation)
	s.post("/conversations/{id}/private", Sides, writePrivate, showConversation)
	s.get("/conversations/{id}/closing", Sides, showClosing)
	s.post("/conversations/{id}/end", Sides, closeConversation, backToClosing)
	s.get("/outside/{id}", Owner, showPaper)
	s.post("/outside/{id}/link", Owner, linkConversation, showConversation)
	s.post("/outside/{id}/invitation", Owner, inviteContact, showConversation)
	s.post("/conversations/{id}/confirmation", Sides, confirmOutcome, showConversation)
	s.post("/conversations/{id}/outcome", Sides, amendConversation, showConversation)
	s.post("/agenda/{item}/share", Sides, shareItem, nil)
	s.post("/agenda/{item}/remove", Sides, removeItem, nil)
	s.post("/agenda/{item}/tick", Sides, tickItem, nil)
	s.post("/agenda/{item}/up", Sides, moveItemUp, nil)
	s.post("/agenda/{item}/down", Sides, moveItemDown, nil)
	s.post("/agenda/{item}/later", Sides, takeItemOn, nil)
}

// cadenceRoutes are the years of conversations.
func (s *Server) cadenceRoutes() {
	s.get("/cadences", Member, listCadences)
	s.get("/cadences/new", Colleague, newCadence)
	s.post("/cadences", Colleague, beginCadence, newCadence)
	s.get("/cadences/{id}", Sides, showCadence)
	s.post("/cadences/{id}/answer", Sides, answerCadence, showCadence)
	s.get("/cadences/{id}/rhythm", Sides, editRhythm)
	s.post("/cadences/{id}/rhythm", Sides, changeRhythm, editRhythm)
	s.post("/cadences/{id}/pause", Sides, pauseCadence, showCadence)
	s.post("/cadences/{id}/resume", Sides, resumeCadence, showCadence)
	s.post("/cadences/{id}/end", Sides, endCadence, showCadence)
	s.get("/conversations/{id}/skip", Sides, skipConversation)
	s.post("/conversations/{id}/skip", Sides, doSkipConversation, skipConversation)
	s.get("/organisation/rhythm", Administrator, editSuggestedRhythm)
	s.post("/organisation/rhythm", Administrator, suggestRhythm, editSuggestedRhythm)
}

// liveRoutes are what two write at once in a conversation.
func (s *Server) liveRoutes() {
	s.handle(Route{http.MethodGet, "/conversations/{id}/live", Sides}, s.followConversation)
	s.handle(Route{http.MethodPost, "/conversations/{id}/live", Sides}, s.typeInConversation)
	s.get("/conversations/{id}/turn", Sides, turnLine)
	s.post("/conversations/{id}/turn", Sides, turn, turnLine)
}

// calendarRoutes are conversations in people's own calendars.
func (s *Server) calendarRoutes() {
	s.get("/you/calendars", Member, showCalendars)
	s.post("/you/calendars/invitations", Member, chooseInvitations, showCalendars)
	s.post("/you/calendars/feed", Member, makeFeed, showCalendars)
	s.post("/you/calendars/feed/end", Member, endFeed, showCalendars)
	s.get(feedPath+"{file}", Link, readFeed)
}

// timeRoutes are what a person says of their own time, and which holidays there are.
func (s *Server) timeRoutes() {
	s.get("/you/time", Member, showTime)
	s.post("/you/time/hours", Member, setHours, showTime)
	s.post("/you/time/contract", Member, setContract, showTime)
	s.post("/you/time/holidays", Member, chooseHolidays, showTime)
	s.get("/you/time/calendars/new", Member, newCalendar)
	s.post("/you/time/calendars", Member, s.addCalendar, newCalendar)
	s.post("/you/time/calendars/{id}/reading", Owner, refreshCalendar, nil)
	s.post("/you/time/calendars/{id}/removal", Owner, removeCalendar, nil)
	s.get("/organisation/holidays", Administrator, showHolidays)
	s.post("/organisation/holidays", Administrator, chooseForOffice, showHolidays)
	s.post("/organisation/holidays/removal", Administrator, removeOffice, nil)
	s.get("/organisation/holidays/import", Administrator, newHolidayImport)
	s.post("/organisation/holidays/import", Administrator, sendHolidayImport, newHolidayImport)
	s.get("/organisation/holidays/import/{id}", Administrator, previewHolidayImport)
	s.post("/organisation/holidays/import/{id}/import", Administrator, confirmHolidayImport, previewHolidayImport)
	s.post("/organisation/holidays/import/{id}/removal", Administrator, discardHolidayImport, nil)
	s.get("/organisation/holidays/lists/{id}", Administrator, showHolidayList)
	s.post("/organisation/holidays/lists/{id}/removal", Administrator, removeHolidayList, showHolidayList)
}

// dateRoutes are the days that matter for timing: of people, and of the organisation.
func (s *Server) dateRoutes() {
	s.get("/dates", Member, listDates)
	s.get("/dates/new", Member, newDate)
	s.post("/dates", Member, addDate, newDate)
	s.get("/dates/{id}", Viewer, showDate)
	s.post("/dates/{id}", Owner, changeDate, showDate)
	s.post("/dates/{id}/removal", Owner, removeDate, nil)
	s.get("/dates/{id}/share", Owner, shareDate)
	s.post("/dates/{id}/share", Owner, give("date", giveDate), shareDate)
	s.post("/dates/{id}/team", Owner, showDateToTeam, showDate)

	s.get("/organisation/dates", Administrator, keepDates)
	s.post("/organisation/dates", Administrator, addOrganisationDate, keepDates)
	s.get("/organisation/dates/{id}", Administrator, showOrganisationDate)
	s.post("/organisation/dates/{id}", Administrator, changeOrganisationDate, showOrganisationDate)
	s.post("/organisation/dates/{id}/removal", Administrator, removeOrganisationDate, nil)
}
