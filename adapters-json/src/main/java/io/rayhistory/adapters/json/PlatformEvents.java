package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.PlatformEvent;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** PLATFORM_EVENT: what Kubernetes said (Ray 2.55 and later, off by default). */
final class PlatformEvents {
    private PlatformEvents() {
    }

    static Payload read(FieldReader in) throws IOException, InvalidField {
        Map<String, Object> payload = JsonValues.object(in);
        long count = count(payload.get("custom_fields"));
        return envelope -> new PlatformEvent(envelope, payload, count);
    }

    private static long count(Object customFields) {
        Object count = customFields instanceof Map<?, ?> map ? map.get("count") : null;
        try {
            return count == null ? 0 : Long.parseLong(count.toString());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Their event id is no random one but the text of a Kubernetes UID in base64. */
    static String eventId(String sent) {
        String id = IdKind.EVENT.normalize(sent);
        if (IdKind.EVENT.isNormal(id)) {
            return id;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(sent.replace('-', '+').replace('_', '/'));
            for (byte b : bytes) {
                if (b <= ' ') {
                    return sent;
                }
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return sent;
        }
    }
}
