# Sourced by real-clients.sh. Debian's module folder; as root Apache changes to a user of its own.
apache_conf() {
	local module
	for module in mpm_event authz_core mime deflate filter proxy proxy_http proxy_wstunnel; do
		echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
	done
	[ "$(id -u)" -ne 0 ] || printf 'User www-data\nGroup www-data\n'
	cat <<CONF
ServerName localhost
Listen 127.0.0.1:$apache_port
PidFile $scratch/apache.pid
ErrorLog $scratch/apache-errors.log
DefaultRuntimeDir $scratch
TypesConfig /etc/mime.types
DocumentRoot $scratch/site
<Directory $scratch/site>
  Require all granted
</Directory>
AddOutputFilterByType DEFLATE text/plain
ProxyPass /node/ http://127.0.0.1:$node_port/ upgrade=websocket flushpackets=on
CONF
}
