package io.rayhistory.adapters.azureblob;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.ClientOptions;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.rayhistory.domain.HistoryException;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The client's objects, put together: one transport, one credential, one pipeline for a container. No I/O.
 *
 * @param container what requests go through
 * @param calls     the way to it
 * @param idle      breaks off downloads that stand still
 * @param signature the shared access signature, {@code ""} if there is none; secret
 * @param times     budgets
 */
record AzureClient(BlobContainerClient container, AzureCalls calls, IdleWatch idle, String signature, TimeBudgets times) {
    /** Known to the emulators and services in use today; newer ones add nothing that we need. */
    static final BlobServiceVersion VERSION = BlobServiceVersion.V2025_01_05;

    /** @param transport for tests: carries trust for a made certificate; usually {@code HttpClient.newBuilder()} */
    static AzureClient of(AzureBlobSettings settings, java.net.http.HttpClient.Builder transport, InstantSource clock) {
        TimeBudgets times = settings.times();
        HttpClient http = new JdkHttpClientBuilder(transport.version(java.net.http.HttpClient.Version.HTTP_1_1))
                .connectionTimeout(times.connect()).responseTimeout(times.response()).readTimeout(Duration.ZERO).build();
        Pace pace = new Pace(settings.maxConcurrency(), clock);
        // The tries have their time limits from the transport; the client's own is not enforced for blocking calls.
        RequestRetryOptions retries = new RequestRetryOptions(RetryPolicyType.EXPONENTIAL, times.tries(), (Integer) null,
                times.firstDelay().toMillis(), times.longestDelay().toMillis(), null);
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder().httpClient(http).retryOptions(retries).addPolicy(pace)
                .serviceVersion(VERSION).clientOptions(new ClientOptions().setApplicationId("rayhistory"));
        Optional<Identity> identity = settings.mode() == AuthMode.CONNECTION_STRING
                ? Optional.empty() : Optional.of(new Identity(settings, http));
        BlobServiceClient service;
        try {
            service = (identity.isPresent() ? builder.endpoint(settings.accountUrl()).credential(identity.get())
                    : builder.connectionString(settings.connectionString())).buildClient();
        } catch (IllegalArgumentException e) {
            // Its message may quote the string.
            throw HistoryException.invalid("Azure: the connection string (azureConnectionString, AZURE_STORAGE_CONNECTION_STRING) "
                    + "is not accepted by the Azure client: expected the one the portal shows under Access keys");
        }
        URI url = URI.create(service.getAccountUrl());
        boolean emulator = url.getPort() > 0 && url.getPath().length() > 1;
        Refusals refusals = new Refusals(settings, service.getAccountName(), emulator, () -> identity.map(Identity::client).orElse(""), clock);
        AzureErrors errors = new AzureErrors(settings, url.getAuthority(), refusals);
        BlobContainerClient container = service.getBlobContainerClient(settings.container());
        FreshGrants grants = new FreshGrants(identity.isPresent() ? times.grants() : Duration.ZERO, () -> {
            identity.ifPresent(Identity::prove);
            container.listBlobs(new ListBlobsOptions().setMaxResultsPerPage(1), times.page()).iterableByPage().iterator().next();
        }, clock);
        AzureCalls calls = new AzureCalls(errors, pace, times, settings.createContainer(), () -> create(container, times),
                () -> identity.ifPresent(Identity::prove), grants);
        String signature = settings.mode() == AuthMode.CONNECTION_STRING ? ConnectionText.parse(settings.connectionString()).signature() : "";
        return new AzureClient(container, calls, new IdleWatch(times.idle()), signature, times);
    }

    /** Never with public access. */
    private static void create(BlobContainerClient container, TimeBudgets times) throws BlobStorageException {
        container.createWithResponse(null, null, times.page(), AzureCalls.patience(times.response()));
    }

    @Override
    public String toString() {
        return container.getBlobContainerUrl();
    }
}
