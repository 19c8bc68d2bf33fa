# Sourced by real-clients.sh. The worker reads the scratch folder, which is ours alone.
nginx_conf() {
	cat <<CONF
$([ "$(id -u)" -eq 0 ] && echo 'user root;')
worker_processes 1; daemon off; pid $scratch/nginx.pid; error_log $scratch/nginx-errors.log;
events { worker_connections 256; }
http {
  access_log off; client_body_temp_path $scratch/body; proxy_temp_path $scratch/proxy; fastcgi_temp_path $scratch/f; uwsgi_temp_path $scratch/u; scgi_temp_path $scratch/s;
  client_max_body_size 0; types { text/plain txt; application/octet-stream bin; } gzip on; gzip_types text/plain; gzip_min_length 1000;
  server {
    listen 127.0.0.1:$nginx_port; root $scratch/site;
    location /node/ { proxy_pass http://127.0.0.1:$node_port/; proxy_http_version 1.1; proxy_request_buffering off; proxy_buffering off;
      proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \$http_connection; }
    location /git/ { proxy_pass http://127.0.0.1:$node_port; proxy_request_buffering off; proxy_http_version 1.1; }
  }
}
CONF
}
