#!/bin/sh
# The nightly load of a shop, for cron or a systemd timer. Give it a checkout of its own that you build and migrate by
# hand after each pull. cron has no environment of yours: set one, or refer to files, '${file:/etc/phusa/words:shop}'.
# Leave --tlsCaFile out where the JDK knows the authority; add --oltpTimeZone where the shop's times have no zone.
#
#   SHOP_PASSWORD, WAREHOUSE_PASSWORD, STAGING_PASSWORD, and what marketplaces.yaml refers to
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
phusa=${PHUSA:-$here/../../phusa}

code=0
"$phusa" run \
  --oltpUrl='jdbc:postgresql://db.example:5432/shop?sslmode=verify-full' \
  --oltpUser=phusa_shop \
  --oltpPassword='${env:SHOP_PASSWORD}' \
  --warehouseUrl='jdbc:postgresql://dw.example:5432/warehouse?sslmode=verify-full' \
  --warehouseUser=phusa_loader \
  --warehousePassword='${env:WAREHOUSE_PASSWORD}' \
  --stagingUri='mongodb://staging.example:27017/?tls=true' \
  --stagingUser=phusa \
  --stagingPassword='${env:STAGING_PASSWORD}' \
  --tlsCaFile=/etc/phusa/authorities.pem \
  --marketplaces="$here/marketplaces.yaml" \
  --rules="$here/rules.yaml" \
  --longestWait=PT30M || code=$?

case $code in
  0) ;;                                                      # loaded, or a platform's limit left something for tomorrow
  6) echo "nightly: another run is active" >&2 ;;            # somebody loads by hand
  *) echo "nightly: ended with code $code" >&2 ;;            # the line above says why; what is done is not done twice
esac
exit "$code"
