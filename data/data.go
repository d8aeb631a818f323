// Package data has the Iris data set of the series, so that the program runs anywhere.
package data

import _ "embed"

// Iris is the file iris.csv.
//
//go:embed iris.csv
var Iris string
