#!/bin/sh
# As the public image's entrypoint: the management and Prometheus plugins, the default user from the environment or conf.d.
set -eu
RABBITMQ_NODENAME="rabbit@$(hostname)"
export RABBITMQ_NODENAME RABBITMQ_LOGS=- RABBITMQ_MNESIA_BASE=/var/lib/rabbitmq/mnesia
echo '[rabbitmq_management,rabbitmq_prometheus].' > /etc/rabbitmq/enabled_plugins
cat /etc/rabbitmq/conf.d/*.conf > /etc/rabbitmq/rabbitmq.conf 2>/dev/null || : > /etc/rabbitmq/rabbitmq.conf
if [ -n "${RABBITMQ_DEFAULT_USER:-}" ]; then
  printf 'default_user = %s\ndefault_pass = %s\n' "$RABBITMQ_DEFAULT_USER" "$RABBITMQ_DEFAULT_PASS" >> /etc/rabbitmq/rabbitmq.conf
fi
chown rabbitmq /etc/rabbitmq/rabbitmq.conf /etc/rabbitmq/enabled_plugins
find /var/lib/rabbitmq /var/log/rabbitmq ! -user rabbitmq -exec chown rabbitmq {} +
exec setpriv --reuid rabbitmq --regid rabbitmq --clear-groups env HOME=/var/lib/rabbitmq \
  "$(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-*)/sbin/rabbitmq-server"
