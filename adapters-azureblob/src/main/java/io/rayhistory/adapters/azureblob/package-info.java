/** Azure Blob Storage as an object store (spec: azure-blob.md). */
package io.rayhistory.adapters.azureblob;
