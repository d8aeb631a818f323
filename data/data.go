// Package data has the Iris data set of the series, so that the program runs anywhere. It
// knows nothing of what is in it.
package data

import _ "embed"

// Iris is the file iris.csv.
//
//go:embed iris.csv
var Iris string
