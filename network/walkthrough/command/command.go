// Package command is the command line: which command is meant, its flags, what a user is told
// who got it wrong, and files that are written whole or not at all. It must not know what the
// commands do: nothing of nets, flowers or pages.
package command

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// A Command is one of the program's commands.
type Command struct {
	Name    string
	Summary string // half a line, for the help
	Run     func(*Call) error
}

// A Call is a command with what it was called with.
type Call struct {
	Flags    *flag.FlagSet // to define flags in, before Parse
	Operands string        // what may follow the flags, for the help; "" for nothing
	Rest     []string      // the operands, after Parse
	Stdin    io.Reader
	Out      *bufio.Writer
	Stderr   io.Writer
	args     []string
}

// A Program is a set of commands with what its help says besides them.
type Program struct {
	About    string // what the program is
	Examples string
	Commands []Command // the first one runs where none is named
}

// A UsageError is a mistake in the command line itself, not in a value on it.
type UsageError struct{ Err error }

func (e UsageError) Error() string { return e.Err.Error() }

// OneLine returns the error's text with line breaks and other control characters, which the name
// of a file may have, written as in Go.
func OneLine(err error) string {
	var b strings.Builder
	for _, r := range err.Error() {
		if unicode.IsControl(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Run runs the command that args begin with, or the first one if there are none or they begin
// with a flag. It returns the exit code: 0, or 1 for bad input, or 2 for wrong usage. For these
// two it writes one line to stderr.
func (p Program) Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := bufio.NewWriter(stdout)
	err := p.run(&Call{args: args, Stdin: stdin, Out: out, Stderr: stderr})
	if flushErr := out.Flush(); err == nil || errors.Is(err, flag.ErrHelp) {
		err = flushErr
	}
	if err == nil || errors.Is(err, syscall.EPIPE) { // head has seen enough of backprop | head
		return 0
	}
	fmt.Fprintf(stderr, "backprop: %s\n", OneLine(err))
	if errors.As(err, new(UsageError)) {
		return 2
	}
	return 1
}

func (p Program) run(call *Call) error {
	command := p.Commands[0]
	if len(call.args) > 0 {
		name := call.args[0]
		if slices.Contains([]string{"help", "-h", "-help", "--help"}, name) {
			return p.writeHelp(call.Out)
		}
		if !strings.HasPrefix(name, "-") {
			i := slices.Index(p.names(), name)
			if i < 0 {
				return UsageError{fmt.Errorf(
					"no command %.40q, expected %s (backprop -h says what they do)",
					name, strings.Join(p.names(), ", "))}
			}
			command, call.args = p.Commands[i], call.args[1:]
		}
	}
	call.Flags = flag.NewFlagSet(command.Name, flag.ContinueOnError)
	return command.Run(call)
}

func (p Program) names() []string {
	var list []string
	for _, c := range p.Commands {
		list = append(list, c.Name)
	}
	return list
}

// writeHelp says what the program is and what it can be asked.
func (p Program) writeHelp(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nUsage: backprop [COMMAND] [FLAGS]\n\nCommands:\n", p.About)
	for _, c := range p.Commands {
		fmt.Fprintf(&b, "  %-9s %s\n", c.Name, c.Summary)
	}
	fmt.Fprintf(&b, "\n%s\n", p.Examples)
	fmt.Fprintf(&b, "Without a command it is %s. backprop COMMAND -h lists a command's flags.\n", p.Commands[0].Name)
	_, err := io.WriteString(w, b.String())
	return err
}

// Parse parses the arguments. For -h it writes what the flags are and returns flag.ErrHelp. A
// command line that makes no sense is a UsageError.
func (c *Call) Parse() error {
	c.Flags.SetOutput(io.Discard)
	err := c.split(c.args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		if c.Operands != "" {
			fmt.Fprintf(c.Out, "Usage: backprop %s [FLAGS] %s\n\n", c.Flags.Name(), c.Operands)
		}
		fmt.Fprintf(c.Out, "Flags of backprop %s:\n", c.Flags.Name())
		c.Flags.SetOutput(c.Out)
		c.Flags.PrintDefaults()
		return err
	case err != nil && strings.HasPrefix(err.Error(), "invalid value"):
		return err
	case err != nil:
		return UsageError{fmt.Errorf("%w (backprop %s -h lists the flags)", err, c.Flags.Name())}
	case len(c.Rest) > 0 && c.Operands == "":
		return UsageError{fmt.Errorf(
			"found %.40q, expected nothing but flags (backprop %s -h lists them)", c.Rest[0], c.Flags.Name())}
	}
	return nil
}

// split sets the flags in args and puts the operands into c.Rest. Flags may also follow operands.
// After -- there are only operands.
func (c *Call) split(args []string) error {
	for len(args) > 0 {
		if c.isOperand(args[0]) {
			c.Rest = append(c.Rest, args[0])
			args = args[1:]
			continue
		}
		if err := c.Flags.Parse(args); err != nil {
			return err
		}
		rest := c.Flags.Args()
		if args[len(args)-len(rest)-1] == "--" {
			c.Rest = append(c.Rest, rest...)
			return nil
		}
		args = rest
	}
	return nil
}

// isOperand reports whether an argument is not a flag. A number below 0 is none either, for a
// command that takes operands.
func (c *Call) isOperand(arg string) bool {
	_, err := strconv.ParseFloat(arg, 64)
	return len(arg) < 2 || arg[0] != '-' || err == nil && c.Operands != ""
}
