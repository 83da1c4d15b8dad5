package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The manifests below {@code deploy/} as an API server takes them: rendered by kustomize, tried by a strict dry run. */
final class Manifests {
    static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifests() {
    }

    static List<JsonNode> render(Path folder) throws IOException, InterruptedException {
        Path kustomize = Path.of(System.getProperty("kube.binaries")).resolve("kustomize");
        Path said = Files.createTempFile("kustomize", ".log");
        Process process = new ProcessBuilder(kustomize.toString(), "build", folder.toString()).redirectError(said.toFile()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || Files.size(said) > 0) {
            throw new IllegalStateException("kustomize build " + folder + ": " + Files.readString(said));
        }
        return documents(text);
    }

    static List<JsonNode> read(Path file) throws IOException {
        return documents(Files.readString(file));
    }

    /** The documents of a YAML text. */
    static List<JsonNode> documents(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---\\s*$")).filter(text -> !text.isBlank())
                .map(text -> JSON.<JsonNode>valueToTree(Serialization.unmarshal(text, Object.class))).toList();
    }

    /** Creates it without keeping it. @return what the API server had against it; nothing if it came back with every field */
    static List<String> dryRun(KubernetesClient admin, JsonNode manifest) throws Exception {
        String kind = manifest.path("kind").asText();
        String version = manifest.path("apiVersion").asText();
        String title = kind + " " + manifest.at("/metadata/name").asText();
        APIResource resource = admin.getApiResources(version).getResources().stream()
                .filter(known -> known.getKind().equals(kind) && !known.getName().contains("/")).findFirst().orElseThrow();
        String namespace = resource.getNamespaced() ? "/namespaces/" + manifest.at("/metadata/namespace").asText() : "";
        String url = admin.getMasterUrl() + (version.contains("/") ? "apis/" : "api/") + version + namespace + "/" + resource.getName()
                + "?dryRun=All&fieldValidation=Strict";
        HttpResponse<String> answer = admin.getHttpClient().sendAsync(admin.getHttpClient().newHttpRequestBuilder().uri(url)
                .post("application/json", JSON.writeValueAsString(manifest)).build(), String.class).get();
        List<String> complaints = new ArrayList<>();
        answer.headers("Warning").forEach(warning -> complaints.add(title + ": " + warning));
        JsonNode got = JSON.readTree(answer.body());
        if (answer.code() != 201) {
            complaints.add(title + ": " + answer.code() + " " + got.path("message").asText());
        } else {
            compare(manifest, got, title, complaints);
        }
        return complaints;
    }

    /** What was sent has to come back: an API server may drop what it does not take. */
    private static void compare(JsonNode sent, JsonNode got, String where, List<String> complaints) {
        if (sent.isObject()) {
            sent.properties().forEach(field -> {
                if (!field.getKey().equals("stringData")) {
                    compare(field.getValue(), got.path(field.getKey()), where + "." + field.getKey(), complaints);
                }
            });
        } else if (sent.isArray() && sent.size() == got.size()) {
            for (int i = 0; i < sent.size(); i++) {
                compare(sent.get(i), got.get(i), where + "[" + i + "]", complaints);
            }
        } else if (!sent.asText().strip().equals(got.asText().strip()) || sent.isArray()) {
            complaints.add(where + ": sent " + sent + ", came back " + got);
        }
    }

    /** The pods that KubeRay would make of a manifest, for an API server knows more about pods than KubeRay's definitions. */
    static List<JsonNode> pods(JsonNode manifest) {
        List<JsonNode> pods = new ArrayList<>();
        eachTemplate(manifest, template -> {
            ObjectNode pod = template.deepCopy();
            pod.put("apiVersion", "v1").put("kind", "Pod");
            pod.withObject("/metadata").put("name", manifest.at("/metadata/name").asText() + "-" + pods.size()).put("namespace", "ray");
            pods.add(pod);
        });
        return pods;
    }

    private static void eachTemplate(JsonNode node, Consumer<ObjectNode> found) {
        if (node.path("template").path("spec").has("containers")) {
            found.accept((ObjectNode) node.path("template"));
            return;
        }
        node.forEach(child -> eachTemplate(child, found));
    }
}
