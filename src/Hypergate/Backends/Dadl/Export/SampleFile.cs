using System.Text.Json;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>Files that stand in their own handle, for requests that are compared and never sent.</summary>
internal static class SampleFile
{
    /// <summary>All of them.</summary>
    public static CallFiles Files { get; } = new(Read, static handle => handle);

    public static string HandleOf(StoredBytes file) => JsonLists.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(file.Name);
        writer.WriteStringValue(file.Type);
        writer.WriteBase64StringValue(file.Bytes.Span);
        writer.WriteEndArray();
    }).GetRawText();

    public static StoredBytes? Read(string handle) => JsonElement.Parse(handle) is { ValueKind: JsonValueKind.Array } file
        ? new StoredBytes(file[0].GetString()!, file[1].GetString()!, file[2].GetBytesFromBase64())
        : null;
}
