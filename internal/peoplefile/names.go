package peoplefile

import (
	"strings"
	"unicode"
)

// claim says that a header name stands for a field. Where several columns claim one field the
// lowest rank takes it; two of the same rank are for the administrator to decide.
type claim struct {
	field Field
	rank  int
}

// claims lists for each header name, as headerKey writes it, the fields it can stand for, best first.
// What does not get its first field tries the next.
var claims = func() map[string][]claim {
	all := map[string][]claim{}
	for _, set := range usualNames {
		for rank, names := range set.ranks {
			for name := range strings.FieldsSeq(names) {
				all[name] = append(all[name], claim{set.field, rank})
			}
		}
	}
	return all
}()

// usualNames are the header names of the exports we know, by field and rank. The order of the
// sets is the order in which a name tries its fields.
var usualNames = []struct {
	field Field
	ranks []string
}{
	{ID, []string{
		"id externalid sourceid objectid hrid guid uuid bobid bambooid",
		"employeeid workerid personid mitarbeiterid associateid eeid empid staffid employeeuid idemployee",
		"employee#id identifier",
	}},
	{Number, []string{
		"employee# employeenumber employeeno empno empnumber emp# staffnumber staffno personnelnumber personnelno " +
			"personalnummer personalnr mitarbeiternummer mitarbeiternr workernumber employeecode employeeidincompany payrollnumber matricule",
		"employeeid workerid personid mitarbeiterid associateid eeid empid staffid",
	}},
	{Account, []string{
		"username accountname account login loginname userlogin networkid benutzername benutzerkonto anmeldename",
		"samaccountname",
		"userprincipalname upn",
		"userid user",
	}},
	{Email, []string{
		"email emailaddress workemail workemailaddress primaryworkemail businessemail companyemail corporateemail officialemail " +
			"emailwork workmail mail emails emailadresse geschäftlicheemail geschäftlicheemailadresse dienstlicheemail arbeitsemail " +
			"emailgeschäftlich emaildienstlich firmenemail courriel emailprofessionnel",
		"primaryemail emailprimarywork",
	}},
	{FirstName, []string{
		"firstname givenname forename vorname first prénom nombre",
		"legalfirstname",
	}},
	{LastName, []string{
		"lastname surname familyname nachname familienname last sn apellido apellidos",
		"legallastname",
	}},
	{preferred, []string{"preferredfirstname", "preferredname", "knownas", "goesby", "nickname", "rufname"}},
	{FullName, []string{
		"displayname anzeigename",
		"fullname lastnamefirstname namelastfirst vollständigername completename nomcomplet",
		"employeename workername personname mitarbeitername",
		"name",
		"employee worker mitarbeiter mitarbeiterin person",
	}},
	{Title, []string{
		"businesstitle",
		"jobtitle positiontitle stellenbezeichnung jobbezeichnung berufsbezeichnung funktionsbezeichnung",
		"position poste puesto",
		"title",
		"jobrole role rolle funktion",
		"job jobprofile jobname jobposition",
	}},
	{Level, []string{"joblevel", "level", "managementlevel", "careerlevel karrierestufe karrierelevel", "jobgrade grade", "seniority senioritylevel", "stufe hierarchieebene"}},
	{Department, []string{
		"department dept abteilung departamento département",
		"departmentname abteilungsname",
		"team teams",
		"orgunit organizationunit organisationunit organisationseinheit supervisoryorganization",
		"bereich division businessunit",
	}},
	{Location, []string{"worklocation arbeitsort", "location standort", "locationname", "officelocation", "office büro arbeitsstätte", "site", "city"}},
	{Kind, []string{
		"employmenttype employmentkind contracttype beschäftigungsart anstellungsart vertragsart",
		"workertype employeetype mitarbeitertyp mitarbeiterart",
		"beschäftigungsverhältnis",
	}},
	{TimeZone, []string{"timezone zeitzone tz timezoneid"}},
	{Start, []string{
		"startdate hiredate dateofhire employmentstartdate employeehiredate eintrittsdatum einstellungsdatum eintritt joiningdate dateofjoining datejoined joindate hiredon",
		"originalhiredate companystartdate firstworkingday",
		"start",
	}},
	{Status, []string{
		"status employeestatus workerstatus mitarbeiterstatus activestatus lifecyclestatus statut estado",
		"employmentstatus beschäftigungsstatus",
		"active isactive currentlyactive accountenabled enabled aktiv activo actif",
	}},
	{Kind, []string{"", "", "", "employmentstatus beschäftigungsstatus"}},
	{end, []string{"terminationdate austrittsdatum leavedate dateofleaving lastdayofwork lastworkingday lastday employmentenddate employeeleavedatetime letzterarbeitstag", "enddate"}},
	{Manager, []string{
		"managerid supervisorid supervisoreid reportstoid reportingtoid linemanagerid parentid superiorid vorgesetztenid vorgesetzteid vorgesetzterid managerpersonid parent_id",
		"manageremployeeid managerworkerid manageruserid manageremployeenumber manageremployee# managernumber supervisornumber supervisoremployee# supervisor# manager# personalnummervorgesetzter vorgesetztenummer vorgesetzterpersonalnummer reportstoemployeenumber",
		"managerusername manageraccount manageruserprincipalname managerupn managerlogin",
		"manager supervisor reportsto reportingto linemanager directmanager peoplemanager superior boss parent vorgesetzter vorgesetzte vorgesetzterin " +
			"vorgesetzteperson führungskraft fuehrungskraft direktervorgesetzter disziplinarischervorgesetzter responsable supérieur workersmanager",
	}},
	{ManagerEmail, []string{
		"manageremail supervisoremail reportstoemail reportingtoemail linemanageremail directmanageremail manageremailaddress managerworkemail managersemail " +
			"vorgesetzteremail vorgesetzteemail vorgesetztenemail emailvorgesetzter emaildesvorgesetzten emailvorgesetzterin führungskraftemail managermail",
	}},
	{ManagerName, []string{
		"managername supervisorname reportstoname linemanagername managerfullname managerdisplayname managersname vorgesetztername namevorgesetzter namedesvorgesetzten",
		"manager supervisor reportsto reportingto linemanager directmanager vorgesetzter vorgesetzte führungskraft",
	}},
}

// headerKey is a header name without what differs from export to export: case, spaces and signs.
func headerKey(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '#':
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
