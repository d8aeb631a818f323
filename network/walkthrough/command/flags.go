package command

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Define adds a flag to fs whose text is read by set, first of all its default.
func Define(fs *flag.FlagSet, name, defaultText, usage string, set func(string) error) {
	v := &value{set: set}
	if err := v.Set(defaultText); err != nil {
		panic(fmt.Sprintf("command: default of -%s: %v", name, err))
	}
	fs.Var(v, name, usage)
}

// value is a flag.Value that remembers its text, for the help.
type value struct {
	text string
	set  func(string) error
}

func (v *value) String() string { return v.text }

func (v *value) Set(text string) error {
	v.text = text
	return v.set(text)
}

// DefineInt adds a flag for a whole number from low to high.
func DefineInt(fs *flag.FlagSet, name, defaultText, usage string, low, high int, i *int) {
	Define(fs, name, defaultText, usage, func(text string) (err error) {
		*i, err = strconv.Atoi(text)
		if err != nil || *i < low || *i > high {
			return fmt.Errorf("expected a whole number from %d to %d", low, high)
		}
		return nil
	})
}

// DefineUint32 adds a flag for a whole number of 32 bits.
func DefineUint32(fs *flag.FlagSet, name, defaultText, usage string, u *uint32) {
	Define(fs, name, defaultText, usage, func(text string) error {
		v, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return fmt.Errorf("expected a whole number from 0 to %d", uint32(math.MaxUint32))
		}
		*u = uint32(v)
		return nil
	})
}

// DefineFloat adds a flag for a number that parse reads, such as Positive.
func DefineFloat(fs *flag.FlagSet, name, defaultText, usage string, parse func(string) (float64, error), v *float64) {
	Define(fs, name, defaultText, usage, func(text string) (err error) {
		*v, err = parse(text)
		return err
	})
}

// Positive reads a finite number above 0.
func Positive(text string) (float64, error) {
	v, err := Number(text)
	if err != nil || v <= 0 {
		return 0, errors.New("expected a finite number above 0")
	}
	return v, nil
}

// NotNegative reads a finite number that is 0 or more.
func NotNegative(text string) (float64, error) {
	v, err := Number(text)
	if err != nil || v < 0 {
		return 0, errors.New("expected a finite number, 0 or more")
	}
	return v, nil
}

// Number reads a finite decimal number.
func Number(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0) || strings.ContainsAny(text, "_xX")) {
		err = errors.New("not a finite decimal number")
	}
	return v, err
}
