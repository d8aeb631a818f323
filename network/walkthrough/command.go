package walkthrough

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
)

// A Command is one of the program's commands.
type Command struct {
	Name string
	Run  func(args []string, stdin io.Reader, out io.Writer) error
}

// A UsageError is a mistake in the command line itself, not in a value on it.
type UsageError struct{ Err error }

func (e UsageError) Error() string { return e.Err.Error() }

// Run runs the command that args begin with, or the first of the commands if
// they begin with a flag or are none. It returns the exit code: 0, or 1 for bad
// input, or 2 for wrong usage; for both it writes one line to stderr.
func Run(commands []Command, help string, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := bufio.NewWriter(stdout)
	err := runCommand(commands, help, args, stdin, out)
	if flushErr := out.Flush(); err == nil || errors.Is(err, flag.ErrHelp) {
		err = flushErr
	}
	var usage UsageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // the reader has had enough: backprop | head
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "backprop: %v (backprop -h shows how)\n", err)
		return 2
	default:
		fmt.Fprintf(stderr, "backprop: %v\n", err)
		return 1
	}
}

func runCommand(commands []Command, help string, args []string, stdin io.Reader, out io.Writer) error {
	if len(args) > 0 && slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		_, err := io.WriteString(out, help)
		return err
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return commands[0].Run(args, stdin, out)
	}
	var names []string
	for _, c := range commands {
		if c.Name == args[0] {
			return c.Run(args[1:], stdin, out)
		}
		names = append(names, c.Name)
	}
	return UsageError{fmt.Errorf("no command %.40q, expected %s", args[0], strings.Join(names, ", "))}
}

// Parse parses the arguments of a command, which are flags and nothing else.
// For -h it writes the flags to out and returns flag.ErrHelp. A command line
// that makes no sense is a UsageError.
func Parse(fs *flag.FlagSet, args []string, out io.Writer) error {
	fs.SetOutput(io.Discard)
	err := fs.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(out, "Flags of backprop %s:\n", fs.Name())
		fs.SetOutput(out)
		fs.PrintDefaults()
		return err
	case err != nil && strings.HasPrefix(err.Error(), "invalid value"):
		return err
	case err != nil:
		return UsageError{err}
	case fs.NArg() > 0:
		return UsageError{fmt.Errorf("found %.40q behind the flags, expected nothing", fs.Arg(0))}
	}
	return nil
}
