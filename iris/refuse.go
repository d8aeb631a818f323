package iris

import (
	"errors"
	"regexp"
	"strings"
)

// refuse returns an error that says what a file is and what to do with it, if it begins like one
// that has no flowers in it that could be read.
func refuse(text string) error {
	begin := strings.TrimLeft(strings.TrimPrefix(text[:min(len(text), 4096)], "\ufeff"), " \t\r\n")
	for _, kind := range kinds {
		isOf := kind.magic != "" && strings.HasPrefix(text, kind.magic)
		if kind.begins != nil {
			isOf = kind.begins.MatchString(begin)
		}
		if isOf {
			return errors.New("found " + kind.is + ", expected lines such as " + example +
				": " + kind.do)
		}
	}
	return nil
}

// kinds are files that people have in the place of one with flowers.
var kinds = []struct {
	magic  string         // the first bytes, or ""
	begins *regexp.Regexp // or what the text begins with
	is, do string
}{
	{"\xff\xfe", nil, "text in UTF-16", saveAsUTF8},
	{"\xfe\xff", nil, "text in UTF-16", saveAsUTF8},
	{"", regexp.MustCompile(`^[^\x00]?\x00[^\x00]\x00`), "text in UTF-16", saveAsUTF8},
	{"PK\x03\x04", nil, "an Excel workbook (or another archive)", "open it, and " + saveAsUTF8},
	{"\xd0\xcf\x11\xe0", nil, "an old Excel workbook", "open it, and " + saveAsUTF8},
	{"\x1f\x8b", nil, "a file compressed with gzip", "unpack it first"},
	{"%PDF", nil, "a PDF", "copy the table out of it, and " + saveAsUTF8},
	{"{\\rtf", nil, "a text document (RTF)", "copy the table out of it, and " + saveAsUTF8},
	{"", regexp.MustCompile(`^[\[{]`), "JSON",
		"write a line for each flower, with commas between the values"},
	{"", regexp.MustCompile(`(?i)^<[!?a-z]`), "a web page, or XML",
		"download the file itself, such as a page's \"raw\" link"},
	{"", regexp.MustCompile(`^version https?://\S*git-lfs`),
		"a Git LFS pointer, which stands for a file", "run git lfs pull to get the file itself"},
	{"", regexp.MustCompile(`^404: Not Found`), "the answer of a server that has no such file",
		"check the address, and download the file again"},
	{"", python, "a Python program", "give the file that it reads or writes"},
	{"", regexp.MustCompile(`^[^\n]*[\x00-\x08\x0e-\x1f]`), "a file that is not text",
		"open it in the program that wrote it, and " + saveAsUTF8},
}

const saveAsUTF8 = "save it as CSV UTF-8"

// python is a program's first statement, after comments and a text that says what it is for.
var python = regexp.MustCompile(`(?m)\A(#.*\n|\s*\n|"""(?s:.*?)"""|'''(?s:.*?)''')*` +
	`(import \w|from \w+(\.\w+)* import |(def|class) \w+\s*[(:]|print\(|\w+ *= *[\w.]*[\[({"])`)
