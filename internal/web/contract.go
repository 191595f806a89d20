package web

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

//go:embed openapi.yaml
var openapiYAML []byte

// contract is openapi.yaml in memory: what is served at /api/openapi.json and what requests and live commands are checked against.
type contract struct {
	doc  *openapi3.T
	json func() []byte // as served, made when first asked for
	// operations by method and Gin route pattern: "POST /api/v1/slots/:id/holds".
	operations map[string]*operation
}

// operation is one call of the contract.
type operation struct {
	id         string
	public     bool // no session is asked for
	tag        string
	parameters []*openapi3.Parameter
	body       *openapi3.Schema // nil when the call takes none
	bodyNeeded bool
}

// loadContract parses the embedded contract once per process. That it is a valid one is for tests to say, not for every start.
var loadContract = sync.OnceValue(func() *contract {
	c, err := parseContract(openapiYAML)
	if err != nil {
		panic(fmt.Sprintf("web: openapi.yaml: %v", err)) // embedded, and parsed by every test
	}
	return c
})

func parseContract(yaml []byte) (*contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(yaml)
	if err != nil {
		return nil, err
	}
	c := &contract{doc: doc, operations: map[string]*operation{}, json: sync.OnceValue(func() []byte {
		served, _ := doc.MarshalJSON() // what was just read can be written
		return served
	})}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			c.operations[method+" "+apiPrefix+ginPattern(path)] = describe(item, op)
		}
	}
	return c, nil
}

func describe(item *openapi3.PathItem, op *openapi3.Operation) *operation {
	o := &operation{id: op.OperationID, public: op.Security != nil && len(*op.Security) == 0}
	if len(op.Tags) > 0 {
		o.tag = op.Tags[0]
	}
	for _, p := range append(item.Parameters, op.Parameters...) {
		o.parameters = append(o.parameters, p.Value)
	}
	if op.RequestBody != nil {
		o.body = op.RequestBody.Value.Content["application/json"].Schema.Value
		o.bodyNeeded = op.RequestBody.Value.Required
	}
	return o
}

// schema returns a component of the contract by name; an unknown name is a mistake of ours.
func (c *contract) schema(name string) *openapi3.Schema {
	return c.doc.Components.Schemas[name].Value
}

// ginPattern turns "/slots/{id}/holds" into "/slots/:id/holds".
func ginPattern(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
