package peers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// nchanModule is where Debian's libnginx-mod-nchan puts it.
const nchanModule = "/usr/lib/nginx/modules/ngx_nchan_module.so"

// nchanConf is nginx in the foreground with everything in its own folder. Its
// buffer keeps what a slow console has not read yet, so that none is lost.
const nchanConf = `daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
load_module %s;
pid %[2]s/pid;
error_log %[2]s/error.log;
events { worker_connections 8192; }
http {
	access_log off;
	client_body_temp_path %[2]s/body; proxy_temp_path %[2]s/proxy; fastcgi_temp_path %[2]s/fastcgi;
	uwsgi_temp_path %[2]s/uwsgi; scgi_temp_path %[2]s/scgi;
	keepalive_requests 1000000;
	nchan_shared_memory_size 64M;
	server {
		listen %[3]s;
		location /healthz { return 204; }
		location /events { nchan_subscriber websocket; nchan_channel_id t; nchan_subscriber_first_message newest; }
		location /publish { nchan_publisher http; nchan_channel_id t; nchan_message_buffer_length 4096; nchan_message_timeout 60s; }
	}
}
`

type nchan struct {
	proof.Process
	address string
	changes *counter
}

func newNchan(folder string) (Peer, error) {
	bin, err := exec.LookPath("nginx")
	if err == nil {
		_, err = os.Stat(nchanModule)
	}
	if err != nil {
		return nil, errors.New("nginx with nchan is needed (Debian: apt-get install nginx-light libnginx-mod-nchan)")
	}
	conf := filepath.Join(folder, "nginx.conf")
	p, address, err := process("nginx", folder, http.StatusNoContent, func(string) *exec.Cmd {
		return exec.Command(bin, "-p", folder, "-c", conf, "-e", filepath.Join(folder, "error.log"))
	})
	if err != nil {
		return nil, err
	}
	return &nchan{p, address, &counter{}}, os.WriteFile(conf, fmt.Appendf(nil, nchanConf, nchanModule, folder, address), 0o600)
}

func (*nchan) Name() string { return NameNchan }

// Kill asks nginx to end first: killed, it would leave its workers behind.
func (n *nchan) Kill() { n.Stop() }

func (n *nchan) Follow(ctx context.Context) (*websocket.Conn, error) {
	return dial(ctx, "ws://"+n.address+"/events")
}

func (n *nchan) Publish(ctx context.Context) (Publisher, error) {
	return &nchanPublisher{n.changes, ctx, "http://" + n.address + "/publish"}, nil
}

// nchanPublisher posts each event and reads the answer: that is nchan's door.
type nchanPublisher struct {
	*counter
	ctx context.Context
	url string
}

func (p *nchanPublisher) Send() error {
	req, err := http.NewRequestWithContext(p.ctx, http.MethodPost, p.url, bytes.NewReader(p.event()))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("nchan answers %d", resp.StatusCode)
	}
	return err
}

func (*nchanPublisher) Close() { http.DefaultClient.CloseIdleConnections() }
