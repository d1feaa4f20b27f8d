using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Catalog;

/// <summary>
/// Writes a catalog as compact JSON. Parameters, schemas and lists of names occur many times and stand in tables, which
/// operations point into; what is empty or false is left out. <see cref="CatalogReader"/> is the other half.
/// </summary>
internal sealed class CatalogWriter
{
    private readonly Table<string> _schemas = new(StringComparer.Ordinal);
    private readonly Table<string> _lists = new(StringComparer.Ordinal);
    private readonly Table<Parameter> _parameters = new(ReferenceEqualityComparer.Instance);
    private readonly List<IReadOnlyList<string>> _listValues = [];
    private readonly Utf8JsonWriter _json;

    private CatalogWriter(Utf8JsonWriter json) => _json = json;

    public static byte[] Write(BackendCatalog catalog, Uri address)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new CatalogWriter(json).WriteAll(catalog, address);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteAll(BackendCatalog catalog, Uri address)
    {
        _json.WriteStartObject();
        _json.WriteString("backend", catalog.Backend);
        _json.WriteString("address", address.AbsoluteUri);
        _json.WriteString("hash", catalog.Hash);
        _json.WriteString("version", catalog.Version);
        WriteText("summary", catalog.Summary);
        WriteText("tag", catalog.Tag);
        _json.WriteString("readAt", catalog.ReadAt);
        WriteNames("warnings", catalog.Warnings);
        _json.WriteStartArray("operations");
        foreach (var operation in catalog.Operations)
        {
            WriteOperation(operation);
        }

        _json.WriteEndArray();
        WriteTables();
        _json.WriteEndObject();
    }

    private void WriteOperation(Operation operation)
    {
        _json.WriteStartObject();
        _json.WriteString("name", operation.Name);
        WriteText("declared", operation.DeclaredName == operation.Name ? "" : operation.DeclaredName);
        _json.WriteString("domain", operation.Domain);
        _json.WriteString("title", operation.Title);
        WriteText("description", operation.Description);
        _json.WriteString("method", operation.Method);
        _json.WriteString("path", operation.Path);
        WriteNumber("access", (int)operation.Access);
        WriteNumber("exposure", (int)operation.Exposure);
        WriteNumber("deprecated", operation.Deprecated ? 1 : 0);
        WriteNumber("result", (int)operation.Result);
        WriteNumber("ordered", operation.KeepsOrder ? 1 : 0);
        WriteNumber("listArguments", operation.HasListArguments ? 1 : 0);
        WriteParameters(operation.Parameters);
        WriteList("others", operation.OtherNames);
        WriteList("tags", operation.Tags);
        WriteList("switches", operation.Switches);
        WriteList("defaults", operation.DefaultFields);
        WriteList("fields", operation.KnownFields);
        WriteList("requires", [.. operation.Requires.SelectMany(static right => new[] { right.Resource, right.Action })]);
        WriteList("credentials", [.. operation.CredentialWays.SelectMany(static way => way.Parts
            .SelectMany(static part => new[] { part.Scheme, part.Kind.ToString(), part.Name }).Append(""))]);
        if (operation.Body is { } body)
        {
            _json.WriteNumber("body", _schemas.IndexOf(body.Schema.GetRawText()));
            WriteNumber("bodyRequired", body.Required ? 1 : 0);
            WriteText("bodyType", body.MediaType == RequestBody.Json ? "" : body.MediaType);
            WriteFields(body.Fields);
        }

        _json.WriteEndObject();
    }

    private void WriteFields(IReadOnlyList<FieldEncoding> fields) => WriteList("bodyFields", [.. fields.SelectMany(static field => new[]
    {
        field.Name, field.Style?.Style.ToString() ?? "", field.Style is { Explode: true } ? "1" : "0", field.Style is { AllowReserved: true } ? "1" : "0", field.ContentType ?? "",
        string.Join('\n', field.Headers.Select(static header => $"{header.Key}:{header.Value}")),
    })]);

    private void WriteParameters(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            _json.WriteNumberValue(_parameters.IndexOf(parameter));
        }

        _json.WriteEndArray();
    }

    private void WriteTables()
    {
        _json.WriteStartArray("parameterTable");
        foreach (var parameter in _parameters.Entries)
        {
            _json.WriteStartObject();
            _json.WriteString("name", parameter.Name);
            WriteText("description", parameter.Description);
            WriteNumber("place", (int)parameter.Place);
            WriteNumber("required", parameter.Required ? 1 : 0);
            _json.WriteNumber("schema", _schemas.IndexOf(parameter.Schema.GetRawText()));
            if (parameter.Wire is { } wire)
            {
                _json.WriteString("wire", wire.Name);
                WriteNumber("style", (int)wire.Style);
                WriteNumber("explode", wire.Explode ? 1 : 0);
                WriteNumber("reserved", wire.AllowReserved ? 1 : 0);
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("schemaTable");
        foreach (var schema in _schemas.Entries)
        {
            _json.WriteRawValue(schema, skipInputValidation: true);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("listTable");
        foreach (var list in _listValues)
        {
            WriteNames(null, list);
        }

        _json.WriteEndArray();
    }

    private void WriteList(string property, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        var index = _lists.IndexOf(string.Join('\n', names));
        if (index == _listValues.Count)
        {
            _listValues.Add(names);
        }

        _json.WriteNumber(property, index);
    }

    private void WriteNames(string? property, IReadOnlyList<string> names)
    {
        if (property is not null)
        {
            _json.WritePropertyName(property);
        }

        _json.WriteStartArray();
        foreach (var name in names)
        {
            _json.WriteStringValue(name);
        }

        _json.WriteEndArray();
    }

    private void WriteText(string property, string text)
    {
        if (text.Length > 0)
        {
            _json.WriteString(property, text);
        }
    }

    private void WriteNumber(string property, int number)
    {
        if (number != 0)
        {
            _json.WriteNumber(property, number);
        }
    }

    // Entries in the order in which they were first asked for.
    private sealed class Table<T>(IEqualityComparer<T> comparer)
        where T : notnull
    {
        private readonly Dictionary<T, int> _indexes = new(comparer);

        public List<T> Entries { get; } = [];

        public int IndexOf(T entry)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexes, entry, out var exists);
            if (!exists)
            {
                index = Entries.Count;
                Entries.Add(entry);
            }

            return index;
        }
    }
}
