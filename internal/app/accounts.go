package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/store"
)

const accountHelp = `relais account add --email E --name N --role R[,R] --territory T[,T] [--rpps RPPS] [--password-file FILE]
relais account reset --email E [--password-file FILE]    a new password; ends the person's sessions
relais account list
relais account disable --email E                         ends the person's sessions and keeps them out
relais account enable --email E

Roles: gp, regulator, professional, coordinator, treasurer, triage_nurse, observer, admin.
A gp needs --rpps, that of an imported practitioner. Without --password-file a password is made and printed once.
`

// accountFlags is what the account commands are told.
type accountFlags struct {
	email, name, roles, territories, rpps, passwordFile string
}

// accountDesk is what the account commands work with.
type accountDesk struct {
	*call
	accountFlags
	service *account.Service
	db      *store.DB
	atlas   atlas
}

func accounts(ctx context.Context, c *call) error {
	deeds := map[string]func(*accountDesk, context.Context) error{
		"add": (*accountDesk).add, "reset": (*accountDesk).reset, "list": (*accountDesk).list,
		"enable": (*accountDesk).enable, "disable": (*accountDesk).disable,
	}
	if len(c.args) > 0 && (c.args[0] == "-h" || c.args[0] == "--help") {
		fmt.Fprint(c.out, accountHelp)
		return nil
	}
	if len(c.args) == 0 || deeds[c.args[0]] == nil {
		fmt.Fprint(c.err, accountHelp)
		return misuse("account: say add, reset, list, enable or disable")
	}
	deed := c.args[0]
	c.args = c.args[1:]
	desk := &accountDesk{call: c}
	rest, err := c.flags("account "+deed, desk.define)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse("account %s: %q is not understood", deed, rest[0])
	}
	with := c.withExisting
	if deed == "add" {
		with = c.withRecord
	}
	return with(ctx, func(cfg config.Config, db *store.DB) error {
		if desk.atlas, err = readAtlas(cfg); err != nil {
			return err
		}
		desk.db, desk.service = db, newAccounts(db)
		return deeds[deed](desk, ctx)
	})
}

func newAccounts(db *store.DB) *account.Service {
	return account.NewService(store.Accounts{DB: db}, newHasher(2), now, newID)
}

func (f *accountFlags) define(set *flag.FlagSet) {
	set.StringVar(&f.email, "email", "", "address to sign in with")
	set.StringVar(&f.name, "name", "", "name shown to colleagues")
	set.StringVar(&f.roles, "role", "", "roles, separated by commas")
	set.StringVar(&f.territories, "territory", "", "territory ids, separated by commas")
	set.StringVar(&f.rpps, "rpps", "", "a gp's RPPS number")
	set.StringVar(&f.passwordFile, "password-file", "", "file whose first line is the password")
}

func (d *accountDesk) add(ctx context.Context) error {
	n := account.NewPerson{Email: d.email, Name: d.name, Territories: words(d.territories)}
	for _, r := range words(d.roles) {
		n.Roles = append(n.Roles, account.Role(r))
	}
	for _, id := range n.Territories {
		if !d.atlas.knows(id) {
			return misuse("account add: there is no territory %q; there are %v", id, d.atlas.ids())
		}
	}
	var err error
	if n.Practitioner, err = d.practitioner(ctx); err != nil {
		return err
	}
	password, made, err := d.password()
	if err != nil {
		return err
	}
	n.Password = password
	p, err := d.service.Add(ctx, "system", n)
	if err != nil {
		return asked(err)
	}
	fmt.Fprintf(d.out, "%s may sign in\n", p.Email)
	d.tell(password, made)
	return nil
}

func (d *accountDesk) reset(ctx context.Context) error {
	password, made, err := d.password()
	if err != nil {
		return err
	}
	if err := d.service.Reset(ctx, "system", d.email, password); err != nil {
		return asked(err)
	}
	fmt.Fprintln(d.out, "the password is set; earlier sessions are over")
	d.tell(password, made)
	return nil
}

func (d *accountDesk) enable(ctx context.Context) error {
	if err := d.service.SetActive(ctx, "system", d.email, true); err != nil {
		return asked(err)
	}
	fmt.Fprintln(d.out, "the account is enabled: its person may sign in")
	return nil
}

func (d *accountDesk) disable(ctx context.Context) error {
	if err := d.service.SetActive(ctx, "system", d.email, false); err != nil {
		return asked(err)
	}
	fmt.Fprintln(d.out, "the account is disabled: its sessions are over and its person cannot sign in")
	return nil
}

func (d *accountDesk) list(ctx context.Context) error {
	people, err := d.service.List(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(d.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "EMAIL\tNAME\tROLES\tTERRITORIES\tACTIVE")
	for _, p := range people {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%v\n", p.Email, p.Name, joined(p.Roles), joined(p.Territories), p.Active)
	}
	return table.Flush()
}

// practitioner finds the directory's id of the RPPS number given.
func (d *accountDesk) practitioner(ctx context.Context) (id string, err error) {
	if d.rpps == "" {
		return "", nil
	}
	number, err := directory.ParseRPPS(d.rpps)
	if err != nil {
		return "", usageError{err}
	}
	err = store.Directory{DB: d.db}.InTx(ctx, func(ctx context.Context, tx directory.Tx) error {
		p, known, err := tx.PractitionerByRPPS(ctx, number)
		if err == nil && !known {
			err = errors.New("no practitioner has this RPPS number: import them first (relais import practitioners FILE.csv)")
		}
		id = p.ID
		return err
	})
	return id, err
}

// password reads the file given or makes one.
func (d *accountDesk) password() (password string, made bool, err error) {
	if d.passwordFile == "" {
		return newPassword(), true, nil
	}
	text, err := os.ReadFile(d.passwordFile)
	if err != nil {
		return "", false, usageError{err}
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimRight(line, "\r"), false, nil
}

func (d *accountDesk) tell(password string, made bool) {
	if made {
		fmt.Fprintf(d.out, "password: %s\nIt is shown this once.\n", password)
	}
}

// asked marks refusals of what was asked as mistakes of whoever asked.
func asked(err error) error {
	switch fault.Of(err).Kind {
	case fault.Invalid, fault.NotFound, fault.Conflict:
		return usageError{err}
	}
	return err
}

func words(text string) []string {
	return slices.DeleteFunc(strings.Split(strings.ReplaceAll(text, " ", ""), ","), func(w string) bool { return w == "" })
}

func joined[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	return strings.Join(texts, ",")
}
