package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// fundingTags are the calls about the money of a CPTS and what it answers for.
var fundingTags = []string{"funding_contract", "funding_books", "funding_exchange", "certificates", "mission"}

// findOffered answers that there is no such address where finding a médecin traitant, or the money of a CPTS, is not offered.
func (s *Server) findOffered(c *gin.Context) {
	op := s.contract.operations[c.Request.Method+" "+c.FullPath()]
	if op != nil && !s.offers(op.tag) {
		s.writeProblem(c, errNotFound)
	}
}

func (s *Server) offers(tag string) bool {
	switch {
	case strings.HasPrefix(tag, "mt_"):
		return s.attributes
	case slices.Contains(fundingTags, tag):
		return s.funds
	}
	return true
}
