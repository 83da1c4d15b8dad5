package io.rayhistory.adapters.azureblob;

import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One upload of one blob, in memory no more than one block of it: up to a block as a single Put Blob, more as staged
 * blocks that become visible all at once. A block's id tells its offset and which upload staged it, so that rivals that
 * stage the same offset cannot get one another's bytes. The service checks the MD5 of each. For one thread.
 */
final class BlobWrite {
    static final int BLOCK = 4 << 20;
    /** As many as one blob may have: 195 GiB. */
    private static final int MOST_BLOCKS = 50_000;
    private static final String ID_FORM = "%020d-";
    private static final int ID_LENGTH = 32;
    private static final long GIB = 1L << 30;

    /** @param ids of committed blocks that stay, in order; @param length of them together */
    record Kept(List<String> ids, long length) {
        static final Kept NOTHING = new Kept(List.of(), 0);
    }

    private final AzureClient client;
    private final String operation;
    private final String name;
    private final BlockBlobClient blob;
    private final BlobRequestConditions conditions;
    private final String upload = UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH - 21);
    private final long startNanos = System.nanoTime();
    private final AtomicInteger tries = new AtomicInteger();

    /** @param operation {@code write} or {@code extend}, for messages */
    BlobWrite(AzureClient client, String operation, String name, BlobRequestConditions conditions) {
        this.client = client;
        this.operation = operation;
        this.name = name;
        this.blob = client.container().getBlobClient(name).getBlockBlobClient();
        this.conditions = conditions;
    }

    /** The committed blocks that lie wholly before an offset; none if another program made them, ids of one blob being alike. */
    Kept keep(long offset) {
        List<Block> committed = client.calls().send(operation, name, () -> blob.listBlocksWithResponse(BlockListType.COMMITTED, null,
                client.times().small(), Context.NONE).getValue().getCommittedBlocks());
        List<String> ids = new ArrayList<>();
        long length = 0;
        for (Block block : committed) {
            // A short block is staged again with what follows, or many small extensions would use up all blocks.
            if (!isOurs(block.getName())) {
                return Kept.NOTHING;
            }
            if (length + block.getSizeLong() > offset || block.getSizeLong() < BLOCK) {
                break;
            }
            ids.add(block.getName());
            length += block.getSizeLong();
        }
        return new Kept(List.copyOf(ids), length);
    }

    private static boolean isOurs(String id) {
        try {
            return new String(Base64.getDecoder().decode(id), StandardCharsets.US_ASCII).matches("\\d{20}-[0-9a-f]{11}");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * @param content what follows the kept blocks
     * @return empty if the conditions do not hold
     */
    Optional<ObjectInfo> write(Kept kept, InputStream content) {
        try {
            byte[] buffer = content.readNBytes(BLOCK);
            if (buffer.length < BLOCK && kept.ids().isEmpty()) {
                return single(buffer);
            }
            List<String> ids = new ArrayList<>(kept.ids());
            long length = kept.length();
            for (int count = buffer.length; count > 0; count = content.readNBytes(buffer, 0, BLOCK)) {
                ids.add(stage(length, buffer, count));
                length += count;
                requireTime(length);
                if (ids.size() > MOST_BLOCKS) {
                    throw new HistoryException(HistoryException.Kind.TOO_LARGE, "Azure: '" + name + "' has more than "
                            + (long) MOST_BLOCKS * BLOCK + " bytes");
                }
                if (count < BLOCK) {
                    break;
                }
            }
            return commit(ids, length);
        } catch (IOException e) {
            throw HistoryException.unavailable("Azure: '" + name + "' could not be written, its source broke: " + e.getMessage(), e);
        }
    }

    private void requireTime(long length) {
        Duration budget = client.times().upload().multipliedBy(1 + length / GIB);
        if (System.nanoTime() - startNanos > budget.toNanos()) {
            throw HistoryException.unavailable("Azure: '" + name + "' could not be written: " + length + " bytes took more than "
                    + budget.toSeconds() + " s. Is the network slow? (azureOperationTimeouts: upload)", null);
        }
    }

    private Optional<ObjectInfo> single(byte[] content) {
        BlockBlobSimpleUploadOptions options = new BlockBlobSimpleUploadOptions(Blobs.body(content, content.length))
                .setHeaders(Blobs.headers(name)).setMetadata(Blobs.metadata(name)).setContentMd5(md5(content, content.length)).setRequestConditions(conditions);
        Optional<ObjectInfo> written = conditional(content.length, client.times().response(),
                context -> blob.uploadWithResponse(options, client.times().block(), context).getValue(),
                () -> isStored(content));
        // Azurite takes staged blocks that nobody committed for a blob, but lets a block list be committed there.
        return written.isPresent() || conditions.getIfNoneMatch() == null || exists() ? written
                : commit(content.length == 0 ? List.of() : List.of(stage(0, content, content.length)), content.length);
    }

    private boolean exists() {
        try {
            client.calls().send(operation, name, () -> blob.getPropertiesWithResponse(null, client.times().small(), Context.NONE));
            return true;
        } catch (BlobStorageException e) {
            return e.getStatusCode() != 404;
        }
    }

    /** Whether a blob of just this content is there: after a lost answer it is ours. */
    private boolean isStored(byte[] content) {
        return tries.get() > 1 && client.calls().send(operation, name, () -> Arrays.equals(md5(content, content.length),
                blob.getPropertiesWithResponse(null, client.times().small(), Context.NONE).getValue().getContentMd5()));
    }

    private String stage(long offset, byte[] buffer, int count) {
        String id = Base64.getEncoder().encodeToString((String.format(ID_FORM, offset) + upload).getBytes(StandardCharsets.US_ASCII));
        byte[] md5 = md5(buffer, count);
        BlockBlobStageBlockOptions options = new BlockBlobStageBlockOptions(id, Blobs.body(buffer, count)).setContentMd5(md5);
        for (boolean again = true; ; again = false) {
            try {
                client.calls().send(operation, name, () -> blob.stageBlockWithResponse(options, client.times().block(),
                        AzureCalls.patience(client.times().response())));
                return id;
            } catch (HistoryException e) {
                boolean damaged = e.getCause() instanceof BlobStorageException refused && refused.getErrorCode() == BlobErrorCode.MD5MISMATCH;
                if (!damaged || !again) {
                    throw e;
                }
            } catch (BlobStorageException e) {
                throw client.calls().failed(operation, name, e);
            }
        }
    }

    private Optional<ObjectInfo> commit(List<String> ids, long length) {
        BlockBlobCommitBlockListOptions options = new BlockBlobCommitBlockListOptions(ids).setHeaders(Blobs.headers(name)).setMetadata(Blobs.metadata(name))
                .setRequestConditions(conditions);
        // The service puts all blocks together before it answers.
        Duration patience = client.times().block();
        return conditional(length, patience,
                context -> blob.commitBlockListWithResponse(options, patience.multipliedBy(2), context).getValue(),
                () -> client.calls().send(operation, name, () -> blob.listBlocksWithResponse(BlockListType.COMMITTED, null,
                        client.times().small(), Context.NONE).getValue().getCommittedBlocks()).stream().map(Block::getName).toList().equals(ids));
    }

    /** Sends; on refused conditions looks whether an earlier try of ours is what stands in the way. */
    private Optional<ObjectInfo> conditional(long length, Duration patience, Function<Context, BlockBlobItem> request, BooleanSupplier ours) {
        try {
            Context context = AzureCalls.patience(patience).addData(Pace.TRIES, tries);
            BlockBlobItem item = client.calls().send(operation, name, () -> request.apply(context));
            client.calls().wrote(item.getVersionId());
            return Optional.of(Blobs.info(name, length, item.getETag(), item.getLastModified()));
        } catch (BlobStorageException e) {
            BlobErrorCode code = e.getErrorCode();
            if (code != BlobErrorCode.CONDITION_NOT_MET && code != BlobErrorCode.BLOB_ALREADY_EXISTS) {
                throw client.calls().failed(operation, name, e);
            }
        }
        try {
            if (!ours.getAsBoolean()) {
                return Optional.empty();
            }
            return Optional.of(client.calls().send(operation, name, () -> {
                var found = blob.getPropertiesWithResponse(null, client.times().small(), Context.NONE).getValue();
                return Blobs.info(name, found.getBlobSize(), found.getETag(), found.getLastModified());
            }));
        } catch (BlobStorageException gone) {
            return Optional.empty();
        }
    }

    private static byte[] md5(byte[] content, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(content, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
