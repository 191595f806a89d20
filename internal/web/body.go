package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/fault"
)

// maxBody bounds what a request may send; the largest legitimate one is 25 KiB, the lines of a whole plan. maxEntryBody bounds an entry
// of the books: 200 lines with all that a line can say are 75 KiB. maxFileBody bounds one that carries a file of lines,
// maxEvidenceBody one that carries a document: indicator.MaxEvidence in base64, and a name.
const (
	maxBody         = 64 << 10
	maxEntryBody    = 2 * maxBody
	maxFileBody     = 3 << 19
	maxEvidenceBody = 7_000_000 + 4<<10
)

// maxDepth bounds how deep a body or a command nests; the deepest legitimate one has four levels. What is checked remembers the
// path to where it stands, so a few kilobytes of brackets could cost hundreds of megabytes.
const maxDepth = 16

// checkRequest compares a request with the contract before anything decodes it into our types: parameters, then the JSON body.
// All broken fields are reported together.
func (s *Server) checkRequest(c *gin.Context) {
	op := s.contract.operations[c.Request.Method+" "+c.FullPath()]
	if op == nil {
		return
	}
	fields := checkParameters(op, c)
	body, err := readBody(c, op)
	if err != nil {
		s.writeProblem(c, err)
		return
	}
	if body != nil {
		fields = append(fields, check(op.body, body)...)
	}
	if err := fault.Fields("request.invalid", invalidMessage, fields...); err != nil {
		s.writeProblem(c, err)
	}
}

// readBody decodes the body of a call that takes one and puts its bytes back for the generated code; nil when there is none.
func readBody(c *gin.Context, op *operation) (any, error) {
	limit, tooLarge := int64(maxBody), error(errTooLarge)
	if op.id == "postEntry" {
		limit = maxEntryBody
	}
	if call, carries := fileCalls[op.id]; carries {
		limit, tooLarge = call.most, call.tooLarge
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, limit))
	if err != nil {
		return nil, bodyError(err, tooLarge)
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(raw))
	switch {
	case len(raw) == 0 && op.bodyNeeded:
		return nil, errMalformed
	case len(raw) == 0 || op.body == nil:
		return nil, nil
	}
	if kind, _, err := mime.ParseMediaType(c.ContentType()); err != nil || kind != "application/json" {
		return nil, errMediaType
	}
	value, checked, err := decodeJSON(raw)
	c.Request.Body = io.NopCloser(bytes.NewReader(checked))
	return value, err
}

func bodyError(err, tooLarge error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return tooLarge
	}
	return errMalformed // a body cut short
}

// decodeJSON reads exactly one JSON value of valid UTF-8, and gives it written anew: a member sent twice would be merged by whoever
// reads the original into a type, past what is checked here. Its error is errMalformed, without a word of what was sent.
func decodeJSON(raw []byte) (value any, anew []byte, err error) {
	if !utf8.Valid(raw) {
		return nil, nil, errMalformed
	}
	if json.Unmarshal(raw, &value) != nil || value == nil || deeper(value, maxDepth) {
		return nil, nil, errMalformed
	}
	anew, err = json.Marshal(value)
	return value, anew, err
}

// deeper reports whether a value nests more than so many levels.
func deeper(value any, levels int) bool {
	switch v := value.(type) {
	case []any:
		return levels == 0 || slices.ContainsFunc(v, func(item any) bool { return deeper(item, levels-1) })
	case map[string]any:
		if levels == 0 {
			return true
		}
		for _, item := range v {
			if deeper(item, levels-1) {
				return true
			}
		}
	}
	return false
}

// checkParameters checks path, query and header parameters; unknown or repeated query parameters are refused.
func checkParameters(op *operation, c *gin.Context) []fault.Field {
	query := c.Request.URL.Query()
	var fields []fault.Field
	for _, p := range op.parameters {
		var given []string
		switch p.In {
		case openapi3.ParameterInPath:
			given = []string{c.Param(p.Name)}
		case openapi3.ParameterInQuery:
			given = query[p.Name]
			delete(query, p.Name)
		case openapi3.ParameterInHeader:
			given = c.Request.Header.Values(p.Name)
		}
		fields = append(fields, checkParameter(p, given)...)
	}
	for name := range query {
		if !identifier.MatchString(name) {
			name = "?"
		}
		fields = append(fields, field([]string{name}, "request.unknown_field"))
	}
	return slices.Compact(fields)
}

func checkParameter(p *openapi3.Parameter, given []string) []fault.Field {
	path := []string{p.Name}
	switch {
	case len(given) == 0 && p.Required:
		return []fault.Field{field(path, "request.required")}
	case len(given) == 0:
		return nil
	case p.Schema.Value.Type.Is("array"):
		return checkList(p, given)
	case len(given) > 1:
		return []fault.Field{field(path, "request.repeated")}
	}
	value, ok := parameterValue(p.Schema.Value, given[0])
	if !ok {
		return []fault.Field{field(path, "request.type")}
	}
	return check(p.Schema.Value, value, p.Name)
}

// checkList checks a parameter that may be given several times.
func checkList(p *openapi3.Parameter, given []string) []fault.Field {
	values := make([]any, 0, len(given))
	for _, text := range given {
		value, ok := parameterValue(p.Schema.Value.Items.Value, text)
		if !ok {
			return []fault.Field{field([]string{p.Name}, "request.type")}
		}
		values = append(values, value)
	}
	return check(p.Schema.Value, values, p.Name)
}

// parameterValue reads the text of a parameter as the type its schema wants.
func parameterValue(schema *openapi3.Schema, text string) (any, bool) {
	switch {
	case schema.Type.Is("integer"):
		n, err := strconv.ParseInt(text, 10, 53)
		return float64(n), err == nil
	case schema.Type.Is("boolean"):
		return text == "true", text == "true" || text == "false"
	default:
		return text, utf8.ValidString(text)
	}
}
