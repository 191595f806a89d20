package web

import (
	"bytes"
	"context"
	"mime"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

func (h missionHandlers) ListEvidence(ctx context.Context, r api.ListEvidenceRequestObject) (api.ListEvidenceResponseObject, error) {
	ctx, actor := caller(ctx)
	all, err := h.missions.EvidenceOf(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	shown, err := h.names.of(ctx, collect(all, func(e indicator.Evidence) string { return e.By }))
	if err != nil {
		return nil, err
	}
	return api.ListEvidence200JSONResponse{
		Items: each(all, func(e indicator.Evidence) api.Evidence { return evidenceOf(e, shown[e.By]) }),
	}, nil
}

func (h missionHandlers) AddEvidence(ctx context.Context, r api.AddEvidenceRequestObject) (api.AddEvidenceResponseObject, error) {
	ctx, actor := caller(ctx)
	kept, err := h.missions.AddEvidence(ctx, actor, r.Body.Territory, r.Body.Name, r.Body.File)
	if err != nil {
		return nil, err
	}
	shown, err := h.names.of(ctx, []string{kept.By}) // who was first
	if err != nil {
		return nil, err
	}
	return api.AddEvidence201JSONResponse(evidenceOf(kept, shown[kept.By])), nil
}

// ReadEvidence answers with the file as an attachment of no type that a browser shows: whoever wrote it may mean harm.
func (h missionHandlers) ReadEvidence(ctx context.Context, r api.ReadEvidenceRequestObject) (api.ReadEvidenceResponseObject, error) {
	c, ok := ctx.(*gin.Context)
	ctx, actor := caller(ctx)
	file, content, err := h.missions.ReadEvidence(ctx, actor, r.Params.Territory, r.Hash)
	if err != nil {
		return nil, err
	}
	if ok {
		c.Header("Content-Disposition", attachment(file.Name))
		c.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	}
	return api.ReadEvidence200ApplicationoctetStreamResponse{Body: bytes.NewReader(content), ContentLength: int64(len(content))}, nil
}

// attachment says that a file is to be saved under a name (RFC 6266); one beyond ASCII is written as RFC 5987 wants.
func attachment(name string) string {
	if text := mime.FormatMediaType("attachment", map[string]string{"filename": name}); text != "" {
		return text
	}
	return "attachment"
}

func evidenceOf(e indicator.Evidence, by string) api.Evidence {
	return api.Evidence{Hash: e.Hash, Name: e.Name, Type: string(e.Type), Size: e.Size, By: optional(by), At: e.At}
}
