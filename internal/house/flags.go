package house

// Flags are the settings that all commands share, by flag or by environment.
type Flags struct {
	Data       string `help:"Folder of everything that is kept." default:"./ownward-data" env:"OWNWARD_DATA" type:"path"`
	Database   string `help:"PostgreSQL address, postgres://...; without one a SQLite file in the data folder." env:"OWNWARD_DATABASE"`
	Listen     string `help:"Address to listen on." default:"127.0.0.1:8080" env:"OWNWARD_LISTEN"`
	Address    string `help:"Address under which people reach it, such as https://ownward.example." env:"OWNWARD_ADDRESS"`
	Mail       string `help:"Mail server, smtp://user:password@host:587?from=ownward@example.com." env:"OWNWARD_MAIL"`
	MailIMAP   string `name:"mail-imap" help:"Mailbox to which answers to invitations come, imaps://user:password@mail.example.com." env:"OWNWARD_MAIL_IMAP"`
	Activities string `help:"Folder of the organisation's own kinds of activity (Markdown)." env:"OWNWARD_ACTIVITIES" type:"path"`
	Questions  string `help:"Folder of the organisation's own question cards (Markdown)." env:"OWNWARD_QUESTIONS" type:"path"`
	Secret     string `help:"Secret of at least 20 characters, the same for all copies of the program: it seals the passwords of calendars. Without one, a file in the data folder does." env:"OWNWARD_SECRET"`
	Inside     bool   `name:"calendars-inside" help:"Read calendars from within the own network too." env:"OWNWARD_CALENDARS_INSIDE"`
}

// Config is what the flags say.
func (f Flags) Config() Config {
	return Config{Data: f.Data, Database: f.Database, Listen: f.Listen, Address: f.Address, Mail: f.Mail, MailIMAP: f.MailIMAP, Questions: f.Questions, Activities: f.Activities, Secret: f.Secret, Inside: f.Inside}
}
