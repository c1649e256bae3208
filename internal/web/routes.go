package web

import (
	"net/http"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/story"
)

// routes is the whole URL space. A page stands beside the acts that it offers; the last
// argument of an act is the page that comes back when its input cannot be taken.
func (s *Server) routes() {
	s.get("/{$}", Member, showHome)
	s.get("/find", Member, findAnything)
	for _, noun := range []func(){
		s.accountRoutes, s.skillListRoutes, s.gapRoutes,
		s.planRoutes, s.expectationRoutes, s.skillRoutes, s.goalRoutes, s.winRoutes, s.storyRoutes, s.activityRoutes, s.shownRoutes,
		s.askRoutes, s.pitchRoutes, s.promiseRoutes, s.questionRoutes, s.linkRoutes, s.feedbackRoutes,
		s.conversationRoutes, s.cadenceRoutes, s.liveRoutes, s.dateRoutes, s.timeRoutes, s.calendarRoutes,
		s.peopleRoutes, s.postRoutes,
	} {
		noun()
	}
	s.get("/handover", Member, showHandover)
	s.post("/handover", Member, decideHandover, showHandover)

	s.mux.HandleFunc("/", s.nothingHere)
}

// accountRoutes are signing in, accounts, setting up, taking along and leaving.
func (s *Server) accountRoutes() {
	s.get("/sign-in", Anyone, s.signIn)
	s.post("/sign-in", Anyone, s.askForCode, s.signIn)
	s.get("/sign-in/code", Anyone, s.typeCode)
	s.post("/sign-in/code", Anyone, s.confirmCode, s.typeCode)
	if s.Demo {
		s.post("/sign-in/example/{organisation}/{person}", Anyone, s.beExample, nil)
	}
	s.post("/sign-out", Account, s.signOut, nil)
	s.get("/setup/{token}", Anyone, s.setUp)
	s.post("/setup/{token}", Anyone, s.doSetUp, s.setUp)

	s.get("/you", Account, s.you)
	s.get("/you/history", Account, s.yourHistory)
	s.post("/you/addresses", Account, s.addAddress, s.you)
	s.get("/you/addresses/code", Account, s.typeAddressCode)
	s.post("/you/addresses/code", Account, s.confirmAddress, s.typeAddressCode)
	s.post("/you/addresses/removal", Account, s.removeAddress, s.you)
	s.post("/you/sessions/{id}/end", Account, s.endSession, s.you)
	s.post("/you/sessions/end-others", Account, s.endOtherSessions, s.you)
	s.post("/you/notices", Member, s.chooseNotices, s.you)
	s.post("/you/digest", Member, chooseDigest, s.you)
	s.post("/you/notices/addresses", Member, wantMailAboutAddresses, s.you)
	s.post("/you/time-zone", Member, s.chooseZone, s.you)
	s.get("/you/export", Account, takeAlong)
	s.get("/you/import", Member, showBringing)
	s.postFileUpTo(portable.MostZip+1<<20, "/you/import", Member, bringAlong, showBringing)
	s.get("/you/brought-along", Member, showRecords)
	s.get("/you/delete", Account, showLeaving)
	s.post("/you/delete/code", Account, sendLeavingCode, showLeaving)
	s.post("/you/delete", Account, deleteAccount, showLeaving)
	s.get("/goodbye", Anyone, showGoodbye)
	s.post("/organisations/{id}/enter", Account, s.enterOrganisation, nil)
}

// planRoutes are the plan, what it is shared with, and the journal.
func (s *Server) planRoutes() {
	s.get("/plan", Member, showPlan)
	s.get("/plan/edit/{section}", Member, editSection)
	s.post("/plan/edit/{section}", Member, writeSection, editSection)
	s.get("/plan/start", Member, beginStart)
	s.get("/plan/start/{step}", Member, showStart)
	s.post("/plan/start/{step}", Member, takeStart, showStart)
	s.post("/values/{id}/kept-out", Owner, keepValueOut, nil)
	s.post("/strengths/{id}/kept-out", Owner, keepStrengthOut, nil)
	s.get("/plan/versions", Member, showVersions)
	s.get("/timeline", Member, showTimeline)
	s.get("/year/{year}", Member, showYear)
	s.get("/plan/as/{person}", Colleague, showPlanAs)
	s.get("/plan/share", Member, sharePlan)
	s.post("/plan/share", Member, giveSections, sharePlan)
	s.post("/shares/end", Member, takeBack, nil)

	s.get("/journal", Member, listEntries)
	s.post("/journal", Member, addEntry, listEntries)
	s.get("/journal/{id}", Owner, showEntry)
	s.post("/journal/{id}", Owner, changeEntry, showEntry)
	s.post("/journal/{id}/removal", Owner, removeEntry, nil)
}

// expectationRoutes are what roles ask for, what managers and administrators write of it, and where
// they are heading.
func (s *Server) expectationRoutes() {
	s.get("/expectations", Colleague, showExpected)
	s.get("/expectations/{role}", Colleague, showRole)
	s.get("/expectations/{role}/versions", Colleague, showRoleVersions)
	s.get("/expectations/{role}/assessments/new", Colleague, newAssessment)
	s.post("/expectations/{role}/assessments", Colleague, assess, newAssessment)
	s.post("/expectations/{role}/adaptation", Colleague, adaptRole, showRole)
	s.get("/assessments", Member, listAssessments)
	s.get("/assessments/{id}", Owner, showAssessment)
	s.post("/assessments/{id}/removal", Owner, removeAssessment, nil)

	s.get("/team/expectations", Colleague, showTeam)
	s.get("/team/expectations/new", Colleague, newWritten)
	s.post("/team/expectations", Colleague, writeRole, newWritten)
	s.get("/team/expectations/{id}", Owner, showWritten)
	s.post("/team/expectations/{id}", Owner, changeWritten, showWritten)
	s.post("/team/expectations/{id}/end", Owner, endWritten, nil)
	s.get("/team/expectations/{id}/levels/{level}", Owner, showWrittenLevel)
	s.post("/team/expectations/{id}/levels/{level}", Owner, changeWrittenLevel, showWrittenLevel)

	s.get("/directions", Colleague, listDirections)
	s.get("/directions/new", Colleague, newDirection)
	s.post("/directions", Colleague, writeDirection, newDirection)
	s.get("/directions/{id}", Viewer, showDirection)
	s.post("/directions/{id}", Owner, changeDirection, showDirection)
	s.post("/directions/{id}/end", Owner, endDirection, nil)

	s.get("/organisation/expectations", Administrator, showFrameworks)
	s.postFile("/organisation/expectations", Administrator, sendExpectations, showFrameworks)
	s.get("/organisation/expectations/jobs", Administrator, showJobs)
	s.post("/organisation/expectations/jobs", Administrator, matchJob, showJobs)
	s.get("/organisation/expectations/{id}", Owner, previewExpectations)
	s.post("/organisation/expectations/{id}/import", Owner, confirmExpectations, previewExpectations)
	s.post("/organisation/expectations/{id}/removal", Owner, discardExpectations, previewExpectations)
}

// skillRoutes are the skills of a person.
func (s *Server) skillRoutes() {
	s.get("/skills", Member, listSkills)
	s.post("/skills", Member, addSkill, listSkills)
	s.get("/skills/{id}", Viewer, showSkill)
	s.post("/skills/{id}", Owner, changeSkill, showSkill)
	s.post("/skills/{id}/removal", Owner, removeSkill, nil)
	s.post("/skills/{id}/merging", Owner, mergeSkill, showSkill)
	s.get("/skills/{id}/views", Owner, askForView)
	s.post("/skills/{id}/views", Owner, sendForView, askForView)
	s.get("/views/{id}", Asked, showAskedView)
	s.post("/views/{id}", Asked, giveView, showAskedView)
	s.post("/views/{id}/declining", Asked, declineView, nil)
	s.post("/views/{id}/removal", Owner, removeView, nil)
	s.get("/skills/{id}/share", Owner, shareSkill)
	s.post("/skills/{id}/share", Owner, give("skill", plan.ShareSkill), shareSkill)
	s.post("/skills/{id}/kept-out", Owner, keepThingOut("skill"), nil)
}

// gapRoutes are one's skills beside what is asked for, roles outside, and the paths between roles.
func (s *Server) gapRoutes() {
	s.get("/gap", Member, showGap)
	s.get("/gap/paths", Member, showPaths)
	s.get("/gap/outside/new", Member, newOutside)
	s.post("/gap/outside", Member, addOutside, newOutside)
	s.get("/gap/outside/{id}", Owner, showOutside)
	s.post("/gap/outside/{id}", Owner, changeOutside, showOutside)
	s.post("/gap/outside/{id}/removal", Owner, removeOutside, nil)
	s.post("/you/offer", Member, chooseOffer, s.you)
}

// skillListRoutes are the organisation's list of skills to choose from.
func (s *Server) skillListRoutes() {
	s.get("/skills/list", Colleague, chooseSkill)
	s.get("/skills/find", Colleague, findSkills)
	s.get("/organisation/skills", Administrator, keepSkills)
	s.post("/organisation/skills", Administrator, addListed, keepSkills)
	s.get("/organisation/skills/{id}", Administrator, showListed)
	s.post("/organisation/skills/{id}", Administrator, changeListed, showListed)
	s.post("/organisation/skills/{id}/removal", Administrator, removeListed, nil)
	s.get(skillImportPath, Administrator, newSkillImport)
	s.postFile(skillImportPath, Administrator, sendSkillImport, newSkillImport)
	s.get(skillImportPath+"/{id}", Administrator, previewSkillImport)
	s.post(skillImportPath+"/{id}/columns", Administrator, chooseSkillColumns, previewSkillImport)
	s.post(skillImportPath+"/{id}/import", Administrator, confirmSkillImport, previewSkillImport)
	s.post(skillImportPath+"/{id}/removal", Administrator, discardSkillImport, nil)
	s.get(skillImportPath+"/{id}/set-aside", Administrator, skillsSetAside)
}

// goalRoutes are goals and their steps.
func (s *Server) goalRoutes() {
	s.get("/goals/new", Member, newGoal)
	s.post("/goals", Member, addGoal, newGoal)
	s.get("/goals/{id}", Viewer, showGoal)
	s.get("/goals/{id}/edit", Owner, editGoal)
	s.post("/goals/{id}", Owner, changeGoal, editGoal)
	s.postPage("/goals/advice", Colleague, adviseNewGoal)
	s.postPage("/goals/{id}/advice", Owner, adviseGoal)
	s.post("/goals/{id}/reviews", Owner, reviewGoal, showGoal)
	s.post("/goals/{id}/reviews/{review}/removal", Owner, removeReview, nil)
	s.post("/goals/{id}/later", Owner, putOffReview, nil)
	s.post("/goals/{id}/reopening", Owner, reopenGoal, nil)
	s.post("/goals/{id}/removal", Owner, removeGoal, nil)
	s.get("/goals/{id}/versions", Owner, showGoalVersions)
	s.get("/goals/{id}/share", Owner, shareGoal)
	s.post("/goals/{id}/share", Owner, give("goal", plan.ShareGoal), shareGoal)
	s.post("/goals/{id}/kept-out", Owner, keepThingOut("goal"), nil)
	s.post("/goals/{id}/steps", Owner, addStep, showGoal)
	s.get("/steps/new", Member, newStep)
	s.post("/steps", Member, addStepToGoal, newStep)
	s.get("/steps/{id}", Owner, editStep)
	s.post("/steps/{id}", Owner, changeStep, editStep)
	s.post("/steps/{id}/state", Owner, setStep, nil)
	s.post("/steps/{id}/marks", Owner, markStep, nil)
	s.post("/steps/{id}/day", Owner, moveStep, editStep)
	s.post("/steps/{id}/removal", Owner, removeStep, nil)
}

// activityRoutes are the catalogue of activities.
func (s *Server) activityRoutes() {
	s.get("/activities", Member, listActivities)
	s.get("/activities/{name}", Member, showActivity)
}

// winRoutes are wins.
func (s *Server) winRoutes() {
	s.get("/wins", Member, listWins)
	s.get("/wins/new", Member, newWin)
	s.postFileUpTo(mostCarried, "/wins", Member, addWin, newWin)
	s.get("/wins/capture", Member, showCapture)
	s.postPageUpTo(mostCarried, sharedPath, Anyone, showShared)
	s.get("/wins/import", Member, newWinImport)
	s.postFileUpTo(mostImported, "/wins/import", Member, importWins, newWinImport)
	s.get("/wins/drafts", Member, listDrafts)
	s.post("/wins/drafts/all", Member, settleDrafts, listDrafts)
	s.get("/drafts/{id}", Owner, showDraft)
	s.post("/drafts/{id}", Owner, changeDraft, showDraft)
	s.post("/drafts/{id}/keep", Owner, keepDraft, showDraft)
	s.post("/drafts/{id}/drop", Owner, dropDraft, showDraft)
	s.get("/wins/{id}", Viewer, showWin)
	s.post("/wins/{id}", Owner, changeWin, showWin)
	s.post("/wins/{id}/removal", Owner, removeWin, nil)
	s.post("/wins/{id}/links", Owner, addLink, showWin)
	s.post("/wins/{id}/links/{link}/removal", Owner, removeLink, showWin)
	s.postFileUpTo(mostAttached, "/wins/{id}/files", Owner, addFile, showWin)
	s.get("/wins/{id}/files/{file}", Viewer, downloadFile)
	s.post("/wins/{id}/files/{file}/removal", Owner, removeFile, showWin)
	s.get("/wins/{id}/share", Owner, shareWin)
	s.post("/wins/{id}/share", Owner, give("win", plan.ShareWin), shareWin)
	s.get("/wins/{id}/confirmations", Owner, askForWord)
	s.post("/wins/{id}/confirmations", Owner, sendForWord, askForWord)
	s.get("/confirmations/{id}", Asked, showAskedWord)
	s.post("/confirmations/{id}", Asked, giveWord, showAskedWord)
	s.post("/confirmations/{id}/declining", Asked, declineWord, nil)
	s.post("/confirmations/{id}/taking-back", Owner, takeBackWord, nil)
	s.post("/confirmations/{id}/hiding", Owner, hideWord, nil)
}

// shownRoutes are what a manager proposes for a plan, copies of it, and what is said about it.
func (s *Server) shownRoutes() {
	s.get("/proposals", Member, listProposals)
	s.get("/proposals/new", Colleague, newProposal)
	s.post("/proposals", Colleague, propose, newProposal)
	s.get("/proposals/{id}", Sides, showProposal)
	s.post("/proposals/{id}/taking", Owner, takeProposal, showProposal)
	s.post("/proposals/{id}/refusal", Owner, declineProposal, showProposal)
	s.post("/proposals/{id}/withdrawal", Sides, withdrawProposal, showProposal)

	s.get("/copies", Member, listCopies)
	s.get("/copies/new", Colleague, newCopy)
	s.post("/copies", Colleague, makeCopy, newCopy)
	s.get("/copies/{id}", Viewer, showCopy)
	s.get("/copies/{id}/files/{number}", Viewer, downloadCopied)
	s.post("/copies/{id}/giving", Owner, giveCopy, showCopy)
	s.post("/copies/{id}/taking-back", Owner, takeCopyBack, showCopy)
	s.post("/copies/{id}/removal", Owner, removeCopy, showCopy)

	s.get("/comments", Member, listComments)
	s.get("/comments/said", Member, listSaid)
	s.get("/comments/new", Colleague, newComment)
	s.post("/comments", Colleague, addComment, newComment)
	s.get("/comments/{id}", Sides, showComment)
	s.post("/comments/{id}", Sides, changeComment, showComment)
	s.post("/comments/{id}/withdrawal", Sides, withdrawComment, showComment)
	s.post("/comments/{id}/answer", Owner, answerComment, showComment)
	s.post("/comments/{id}/resolving", Owner, resolveComment, showComment)
	s.post("/comments/{id}/reopening", Owner, reopenComment, showComment)
}

// storyRoutes are what people tell of their wins.
func (s *Server) storyRoutes() {
	s.get("/stories", Member, listStories)
	s.get("/stories/new", Member, draftStory)
	s.post("/stories", Member, keepStory, draftStory)
	s.get("/stories/{id}", Viewer, showStory)
	s.get("/stories/{id}/edit", Owner, editStory)
	s.post("/stories/{id}", Owner, changeStory, editStory)
	s.post("/stories/{id}/removal", Owner, removeStory, nil)
	s.get("/stories/{id}/share", Owner, shareStory)
	s.post("/stories/{id}/share", Owner, give("story", story.Share), shareStory)
	s.get("/stories/{id}/versions", Owner, showStoryVersions)
	s.get("/stories/{id}/story.md", Owner, downloadStory)
	s.get("/stories/{id}/resume.json", Owner, downloadResume)
}

// askRoutes are asks and what comes of them.
func (s *Server) askRoutes() {
	s.get("/asks", Member, listAsks)
	s.get("/asks/new", Colleague, newAsk)
	s.post("/asks", Colleague, beginAsk, newAsk)
	s.get("/asks/{id}", Sides, showAsk)
	s.post("/asks/{id}", Owner, changeAsk, showAsk)
	s.post("/asks/{id}/removal", Owner, removeAsk, showAsk)
	s.post("/asks/{id}/withdrawal", Owner, withdrawAsk, showAsk)
	s.post("/asks/{id}/elsewhere", Owner, sendElsewhere, showAsk)
	s.post("/asks/{id}/evidence/{evidence}/taking-back", Owner, takeBackEvidence, showAsk)
	s.post("/asks/{id}/handing-on", Asked, handOnAsk, showAsk)
	s.post("/asks/{id}/decision", Asked, decideAsk, showAsk)
	s.post("/asks/{id}/inquiries/{inquiry}", Owner, replyToAsk, showAsk)
	s.post("/asks/{id}/money", Asked, decideMoney, showAsk)
	s.post("/asks/{id}/money/taking-back", Asked, takeWordBack, showAsk)
	s.post("/asks/{id}/thanks", Owner, thankForAsk, showAsk)
	s.post("/asks/{id}/alternatives/{way}", Owner, takeWay, showAsk)
	s.post("/asks/{id}/heard", Owner, hearAsk, showAsk)
	s.get("/asks/{id}/story", Owner, tellAsk)
	s.get("/asks/{id}/criteria/new", Sides, drawFromRole)
	s.post("/asks/{id}/criteria", Sides, drawUp, showAsk)
	s.post("/asks/{id}/criteria/{proposal}/agreement", Sides, answerDrawn(ask.Agree), showAsk)
	s.post("/asks/{id}/criteria/{proposal}/refusal", Sides, answerDrawn(ask.Decline), showAsk)
	s.post("/asks/{id}/criteria/{proposal}/withdrawal", Sides, answerDrawn(ask.TakeProposalBack), showAsk)
	s.post("/asks/{id}/granted", Owner, followGranted, showAsk)
	s.post("/asks/{id}/granted/{fruit}", Owner, changeFruit, showAsk)
	s.post("/asks/{id}/granted/{fruit}/removal", Owner, unfollowGranted, showAsk)
	s.post("/asks/{id}/granted/telling", Owner, tellBack, showAsk)
	s.post("/asks/{id}/granted/day", Owner, moveTelling, showAsk)
	s.post("/asks/{id}/granted/next", Owner, draftNext, nil)
	s.post("/asks/{id}/return", Owner, moveAsk, showAsk)
	s.post("/asks/{id}/letting-go", Owner, letGoOfAsk, showAsk)
	s.post("/asks/{id}/again", Owner, askAgainNow, showAsk)
	s.post("/criteria/{id}/evidence", Owner, showCriterion, showAskOfCriterion)
	s.post("/criteria/{id}/verdict", Asked, judgeCriterion, showAskOfCriterion)
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
}

// calendarRoutes are conversations in people's own calendars.
func (s *Server) calendarRoutes() {
	s.get("/you/calendars", Member, showCalendars)
	s.post("/you/calendars/invitations", Member, chooseInvitations, showCalendars)
	s.post("/you/calendars/feed", Member, makeFeed, showCalendars)
	s.post("/you/calendars/feed/end", Member, endFeed, showCalendars)
	s.get(feedPath+"{file}", Link, readFeed)
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

// pitchRoutes are how an ask is prepared, and what goes out of it.
func (s *Server) pitchRoutes() {
	s.get("/asks/{id}/pitch", Owner, showPitch)
	s.get("/asks/{id}/pitch/earlier", Owner, showEarlierWordings)
	s.get("/asks/{id}/pitch/rehearsal", Owner, showRehearsal)
	s.post("/asks/{id}/pitch/rehearsal", Owner, noteRehearsal, showRehearsal)
	s.get("/asks/{id}/pitch/previews", Owner, listPreviewsOf)
	s.post("/asks/{id}/pitch/previews", Owner, makePreview, listPreviewsOf)
	s.get("/previews", Colleague, listPreviews)
	s.get("/previews/{id}", Viewer, showPreview)
	s.post("/previews/{id}/giving", Owner, givePreview, showPreview)
	s.post("/previews/{id}/taking-back", Owner, takePreviewBack, showPreview)
	s.post("/previews/{id}/removal", Owner, removePreview, showPreview)
	s.get("/asks/{id}/pitch/{part}", Owner, showPitchPart)
	s.post("/asks/{id}/pitch/{part}", Owner, takePitchPart, showPitchPart)
	s.get("/asks/{id}/sending", Owner, showSending)
	s.post("/asks/{id}/sending", Owner, sendPrepared, showSending)
	s.get("/asks/{id}/brief", Sides, showAskBrief)
	s.get("/asks/{id}/brief.pdf", Sides, downloadAskPDF)
	s.get("/asks/{id}/brief.md", Sides, downloadAskMarkdown)
	s.get("/asks/{id}/versions", Sides, showAskVersions)
	s.get("/sent-files/{id}", Sides, downloadSentFile)
}

// linkRoutes are what one-question links open, and what their owners do with them. No other route
// lets in who does not sign in, but to do so.
func (s *Server) linkRoutes() {
	s.get("/a/{token}", Link, openLink)
	s.post("/a/{token}", Link, answerLink, openLink)
	s.get("/links", Member, listLinks)
	s.get("/links/{id}", Owner, showLink)
	s.post("/links/{id}/again", Owner, makeLinkAgain, showLink)
	s.post("/links/{id}/taking-back", Owner, takeBackLink, showLink)
}

// promiseRoutes are promises of both sides.
func (s *Server) promiseRoutes() {
	s.get("/promises", Member, listPromises)
	s.get("/promises/settled", Member, listSettled)
	s.get("/promises/new", Colleague, newPromise)
	s.post("/promises", Colleague, makePromise, newPromise)
	s.get("/promises/{id}", Sides, showPromise)
	s.post("/promises/{id}/acceptance", Sides, acceptPromise, showPromise)
	s.post("/promises/{id}/refusal", Sides, declinePromise, showPromise)
	s.post("/promises/{id}/taking-back", Sides, takeBackPromise, showPromise)
	s.post("/promises/{id}/done", Sides, promiseDone, showPromise)
	s.post("/promises/{id}/confirmation", Sides, confirmPromise, showPromise)
	s.post("/promises/{id}/difference", Sides, promiseDiffers, showPromise)
	s.post("/promises/{id}/look-back", Sides, lookBackOnPromise, showPromise)
	s.post("/promises/{id}/release", Sides, releasePromise, showPromise)
	s.post("/promises/{id}/letting-go", Sides, letGoPromise, showPromise)
	s.post("/promises/{id}/broken", Sides, breakPromise, showPromise)
	s.post("/promises/{id}/changes", Sides, proposeChange, showPromise)
	s.post("/promises/{id}/changes/{change}/agreement", Sides, agreeToChange, showPromise)
	s.post("/promises/{id}/changes/{change}/refusal", Sides, declineChange, showPromise)
	s.post("/promises/{id}/changes/{change}/withdrawal", Sides, withdrawChange, showPromise)
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
	s.post("/conversations/{id}/confirmation", Sides, confirmOutcome, showConversation)
	s.post("/conversations/{id}/outcome", Sides, amendConversation, showConversation)
	s.post("/agenda/{item}/share", Sides, shareItem, nil)
	s.post("/agenda/{item}/remove", Sides, removeItem, nil)
	s.post("/agenda/{item}/tick", Sides, tickItem, nil)
	s.post("/agenda/{item}/up", Sides, moveItemUp, nil)
	s.post("/agenda/{item}/down", Sides, moveItemDown, nil)
	s.post("/agenda/{item}/later", Sides, takeItemOn, nil)
}

// feedbackRoutes are feedback on work, skills, goals and wins.
func (s *Server) feedbackRoutes() {
	s.get("/feedback", Member, listFeedback)
	s.get("/feedback/new", Colleague, newFeedback)
	s.post("/feedback", Colleague, giveFeedback, newFeedback)
	s.post("/feedback/asking", Colleague, askFeedback, newFeedback)
	s.get("/feedback/{id}", Viewer, showFeedback)
	s.post("/feedback/{id}", Asked, sayFeedback, showFeedback)
	s.post("/feedback/{id}/taking-back", Asked, takeFeedbackBack, nil)
	s.post("/feedback/{id}/declining", Asked, declineFeedback, nil)
	s.post("/feedback/{id}/keeping", Owner, keepFeedback, nil)
	s.post("/feedback/{id}/removal", Owner, removeFeedback, nil)
	s.get("/feedback/{id}/share", Owner, shareFeedback)
	s.post("/feedback/{id}/share", Owner, give("feedback", feedback.Share), shareFeedback)
}

// peopleRoutes are people, contacts and the organisation.
func (s *Server) peopleRoutes() {
	s.get("/contacts", Member, showContacts)
	s.post("/contacts", Member, addContact, newContact)
	s.get("/contacts/new", Member, newContact)
	s.get("/contacts/{id}", Owner, showContact)
	s.post("/contacts/{id}", Owner, changeContact, showContact)

	s.get("/people", Colleague, s.people)
	s.get("/people/{id}", Colleague, s.person)

	s.get("/organisation", Administrator, s.organisation)
	s.get("/organisation/people", Administrator, s.organisationPeople)
	s.post("/organisation/people", Administrator, s.addPerson, s.newPerson)
	s.get("/organisation/people/new", Administrator, s.newPerson)
	s.get("/organisation/people/{id}", Administrator, s.organisationPerson)
	s.post("/organisation/people/{id}", Administrator, s.changePerson, s.organisationPerson)
	s.post("/organisation/people/{id}/manager", Administrator, s.changeManager, s.organisationPerson)
	s.post("/organisation/people/{id}/invitation", Administrator, s.invitePerson, s.organisationPerson)
	s.post("/organisation/people/{id}/administrator", Administrator, s.appoint, s.organisationPerson)
	s.post("/organisation/people/{id}/departure", Administrator, s.letPersonLeave, s.organisationPerson)
	s.post("/organisation/people/{id}/return", Administrator, s.letPersonReturn, s.organisationPerson)
	s.get("/organisation/import", Administrator, newImport)
	s.postFile("/organisation/import", Administrator, sendImport, newImport)
	s.get("/organisation/import/{id}", Owner, previewImport)
	s.get("/organisation/import/{id}/set-aside", Owner, setAside)
	s.post("/organisation/import/{id}/columns", Owner, chooseColumns, previewImport)
	s.post("/organisation/import/{id}/import", Owner, confirmImport, previewImport)
	s.post("/organisation/import/{id}/removal", Owner, discardImport, previewImport)
}

// postRoutes are what keeps mail and other work going.
func (s *Server) postRoutes() {
	s.get(mailOffPath, Link, showMailOff)
	s.handle(Route{http.MethodPost, mailOffPath, Link}, s.turnMailOff)
	s.get("/organisation/given-up", Administrator, showGivenUp)
	s.post("/organisation/given-up/repeat", Administrator, repeatAllGivenUp, showGivenUp)
	s.post("/organisation/given-up/{id}/repeat", Administrator, repeatGivenUp, showGivenUp)
	s.post("/organisation/given-up/{id}/let-go", Administrator, letGoGivenUp, showGivenUp)
}

// questionRoutes are the question library and each asking.
func (s *Server) questionRoutes() {
	s.get("/questions", Member, listQuestions)
	s.get("/questions/{card}", Member, showQuestion)
	s.get("/cards/new", Member, newCard)
	s.post("/cards", Member, keepCard, newCard)
	s.postPage("/cards/preview", Member, previewNewCard)
	s.get("/cards/import", Member, newQuestionImport)
	s.postPage("/cards/import/preview", Member, previewQuestionImport)
	s.postFile("/cards/import", Member, importQuestions, newQuestionImport)
	s.get("/cards/{id}/edit", Owner, editCard)
	s.post("/cards/{id}", Owner, changeCard, editCard)
	s.postPage("/cards/{id}/preview", Owner, previewCard)
	s.post("/cards/{id}/removal", Owner, removeCard, nil)
	s.get("/cards/{id}/markdown", Owner, cardFile)
	s.post("/suggestions/let-go", Member, letSuggestionGo, nil)

	s.get("/askings", Member, listAskings)
	s.get("/askings/new", Member, newAsking)
	s.post("/askings", Member, recordAsking, newAsking)
	s.get("/askings/{id}", Owner, showAsking)
	s.post("/askings/{id}/answer", Owner, answerAsking, showAsking)
	s.post("/askings/{id}/remove", Owner, removeAsking, showAsking)
	s.get("/askings/ask", Colleague, newSending)
	s.post("/askings/ask", Colleague, sendAsking, newSending)
	s.get("/askings/together/{round}", Owner, showTogether)
	s.post("/askings/{id}/reply", Owner, replyToAsking, showAsking)
	s.post("/askings/{id}/suggestions", Owner, noteSuggested, showAsking)
	s.get("/asked/{id}", Asked, showAskedQuestion)
	s.post("/asked/{id}", Asked, giveAnswer, showAskedQuestion)
	s.post("/asked/{id}/turning-back", Asked, turnBack, showAskedQuestion)
	s.post("/asked/{id}/declining", Asked, declineQuestion, nil)
	s.get("/suggested/{id}", Owner, showSuggested)
	s.post("/suggested/{id}", Owner, changeSuggested, showSuggested)
	s.post("/suggested/{id}/letting-go", Owner, letGoOfSuggested, nil)
	s.get("/needs", Member, listNeeds)
	s.post("/needs", Member, addNeed, listNeeds)
	s.get("/needs/{id}", Owner, showNeed)
	s.post("/needs/{id}", Owner, changeNeed, showNeed)
	s.post("/needs/{id}/raising", Owner, raiseNeed, nil)
	s.post("/needs/{id}/removal", Owner, removeNeed, nil)
}
