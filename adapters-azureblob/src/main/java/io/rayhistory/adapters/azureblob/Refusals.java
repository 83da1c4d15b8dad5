package io.rayhistory.adapters.azureblob;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Why the service said no (spec: azure-blob.md, section 3.2), from its code and from what we know about ourselves. */
final class Refusals {
    /** @param cause completes "list container/name:"; @param advice a sentence, or {@code ""} */
    record Reason(String cause, String advice) {
    }

    private static final Duration MOST_SKEW = Duration.ofMinutes(14);
    /** The letter of a shared access signature that an operation needs. */
    private static final Map<String, String> LETTERS = Map.of("list", "l", "read", "r", "look up", "r", "write", "w", "extend", "w",
            "create", "c", "delete", "d", "copy to", "w", "check", "l");
    private static final Map<String, String> LETTER_NAMES = Map.of("l", "l (list)", "r", "r (read)", "w", "w (write)", "c", "c (create)",
            "d", "d (delete)");

    private final AzureBlobSettings settings;
    private final String account;
    private final boolean emulator;
    private final Optional<ConnectionText> connection;
    private final Supplier<String> identity;
    private final InstantSource clock;

    /**
     * @param account  for messages
     * @param emulator whether Azurite answers, whose codes differ
     * @param identity the client id that the current token names, {@code ""} before there is one
     */
    Refusals(AzureBlobSettings settings, String account, boolean emulator, Supplier<String> identity, InstantSource clock) {
        this.settings = settings;
        this.account = account;
        this.emulator = emulator;
        this.identity = identity;
        this.clock = clock;
        this.connection = settings.mode() == AuthMode.CONNECTION_STRING
                ? Optional.of(ConnectionText.parse(settings.connectionString())) : Optional.empty();
    }

    Reason reason(String operation, String name, int status, String code, HttpResponseException answer) {
        String container = settings.container();
        if (status == 404 && code.equals("ContainerNotFound")) {
            return new Reason("container " + container + " does not exist yet: no sessions", "Is azureContainer right? "
                    + "A collector makes the container when it first writes.");
        }
        return switch (code) {
            case "ContainerBeingDeleted" -> new Reason("container " + container + " is being deleted", "Try again in a minute.");
            case "BlobArchived" -> new Reason(name + " is in the archive tier: rehydrate it", "");
            case "ConditionNotMet" -> new Reason(name + " has changed since it was looked up", "Try again.");
            case "LeaseIdMissing", "LeaseIdMismatchWithBlobOperation", "LeaseIdMismatchWithContainerOperation" ->
                    new Reason("somebody else holds a lease on it", "Break the lease, or wait for its end.");
            case "InvalidBlobType" -> new Reason("it is no block blob; another program wrote it", "");
            case "InvalidBlobOrBlock" -> new Reason("another program left unfinished blocks of it", "They are gone after a week at the latest.");
            case "InvalidBlockList" -> new Reason("somebody else wrote it at the same time", "Try again.");
            case "BlobImmutableDueToPolicy" -> new Reason("an immutability policy forbids to change it",
                    "Tell it: azureImmutable=true (AZURE_STORAGE_IMMUTABLE), then every object is written once.");
            case "AccountIsDisabled" -> new Reason("the storage account " + account + " is disabled", "");
            case "KeyBasedAuthenticationNotPermitted" -> new Reason("this account allows only Entra ID: use azureAuthMode=workload_identity",
                    "");
            case "ServerBusy", "OperationTimedOut" -> new Reason("storage is throttling", "Try again later.");
            default -> status == 429 || status == 503 ? new Reason("storage is throttling", "Try again later.")
                    : status == 401 || status == 403 ? refused(operation, code, answer)
                    : status >= 500 ? new Reason("the service failed", "Try again later.")
                    : new Reason(status == 404 ? "it is not there" : status == 409 || status == 412 ? "it is not in the expected state"
                            : "the service refuses the request", "");
        };
    }

    private Reason refused(String operation, String code, HttpResponseException answer) {
        if (code.startsWith("KeyVault")) {
            return new Reason("the account's encryption key cannot be used", "Look at the key in its key vault.");
        }
        if (operation.equals(AzureErrors.CREATE)) {
            return new Reason("container " + settings.container() + " does not exist and this identity may not create it", "");
        }
        Optional<Reason> skew = skew(answer);
        if (skew.isPresent()) {
            return skew.get();
        }
        String signature = connection.map(ConnectionText::signature).orElse("");
        if (!signature.isEmpty()) {
            return signature(operation, code);
        }
        boolean mismatch = code.equals(AzureErrors.NO_ROLE);
        if (connection.isPresent()) {
            return code.equals("AuthenticationFailed") || emulator
                    ? new Reason("the account key does not match account " + account, "Copy the connection string again; keys may have been rotated.")
                    : network();
        }
        if (mismatch) {
            boolean reading = LETTERS.getOrDefault(operation, "w").matches("[rl]");
            return new Reason("identity " + who() + " may not " + operation + " on " + settings.container(),
                    "Grant Storage Blob Data " + (reading ? "Reader (or Contributor, to write)" : "Contributor")
                            + " on the container; new grants take up to 10 min.");
        }
        return code.equals("AuthorizationFailure") ? network()
                : new Reason("the service does not accept the token of identity " + who(), "Is " + account + " in this identity's tenant?");
    }

    private static Reason network() {
        return new Reason("the storage account refuses this network: check its firewall or private endpoint", "");
    }

    private Reason signature(String operation, String code) {
        Instant now = clock.instant();
        Optional<Instant> end = connection.flatMap(text -> text.time("se")).filter(time -> time.isBefore(now));
        Optional<Instant> start = connection.flatMap(text -> text.time("st")).filter(time -> time.isAfter(now));
        if (end.isPresent()) {
            return new Reason("the SAS expired at " + end.get(), "Put a new one into the connection string.");
        }
        if (start.isPresent()) {
            return new Reason("the SAS starts at " + start.get(), "Wait, or correct this host's clock.");
        }
        String letter = LETTERS.getOrDefault(operation, "");
        String permissions = connection.map(ConnectionText::permissions).orElse("");
        if (!letter.isEmpty() && !permissions.isEmpty() && !permissions.contains(letter)) {
            return new Reason("the SAS lacks permission " + LETTER_NAMES.get(letter) + " for " + operation, "Make one with r, w, c and l.");
        }
        return code.equals("AuthorizationFailure") && !emulator ? network()
                : new Reason("the service does not accept the SAS", "Was it cut, or has its key been rotated?");
    }

    private Optional<Reason> skew(HttpResponseException answer) {
        String date = answer.getResponse().getHeaderValue(HttpHeaderName.DATE);
        try {
            Instant service = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date == null ? "" : date, Instant::from);
            Duration off = Duration.between(clock.instant(), service).abs();
            return off.compareTo(MOST_SKEW) < 0 ? Optional.empty() : Optional.of(new Reason("this host's clock is " + off.toMinutes()
                    + " min off (service time " + date + ")", "Correct the clock."));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private String who() {
        String known = identity.get();
        return !known.isEmpty() ? known : settings.clientId().isEmpty() ? "(unknown)" : settings.clientId();
    }
}
