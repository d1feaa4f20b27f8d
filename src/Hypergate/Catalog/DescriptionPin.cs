using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Model;

namespace Hypergate.Catalog;

/// <summary>An operation as it was described at one moment.</summary>
/// <param name="Name">Of the operation; empty for what the description says of the whole.</param>
/// <param name="Hash">SHA-256 of all that is described of it: address, class, words, parameters, body, fields.</param>
/// <param name="Access">Its class in small letters.</param>
/// <param name="Text">Its address and words, for people.</param>
public sealed record DescriptionPin(string Name, string Hash, string Access, string Text)
{
    private const int LongestText = 400;

    /// <summary>All that a description holds.</summary>
    internal static IReadOnlyList<DescriptionPin> Of(BackendCatalog catalog) =>
    [
        new("", HashOf(json => WriteAll(json, catalog.Summary, catalog.Guide)), "", Cut($"{catalog.Summary} {catalog.Guide}".Trim())),
        .. catalog.Operations.Select(Of),
    ];

    private static DescriptionPin Of(Operation operation) => new(
        operation.Name,
        HashOf(json => Write(json, operation)),
        operation.Access.ToString().ToLowerInvariant(),
        Cut($"{operation.Method} {operation.Path}: {operation.Title}. {operation.Description}"));

    private static void Write(Utf8JsonWriter json, Operation operation)
    {
        WriteAll(json, operation.Method, operation.Path, operation.Access.ToString(), operation.Domain, operation.Title, operation.Description, operation.Deprecated ? "deprecated" : "");
        WriteAll(json, [.. operation.OtherNames, "", .. operation.Tags, "", .. operation.Switches, "", .. operation.DefaultFields, "", .. operation.KnownFields]);
        WriteAll(json, [.. operation.CredentialWays.SelectMany(static way => way.Parts.Select(static part => $"{part.Kind} {part.Name}").Append(""))]);
        foreach (var parameter in operation.Parameters)
        {
            WriteAll(json, parameter.Name, parameter.Place.ToString(), parameter.Required ? "required" : "", parameter.Description, TextOf(parameter.Wire));
            parameter.Schema.WriteTo(json);
        }

        if (operation.Body is { } body)
        {
            WriteAll(json, body.MediaType, body.Required ? "required" : "");
            body.Schema.WriteTo(json);
            foreach (var field in body.Fields)
            {
                WriteAll(json, [field.Name, TextOf(field.Style), field.ContentType ?? "", .. field.Headers.SelectMany(static header => new[] { header.Key, header.Value })]);
            }
        }
    }

    private static string TextOf(ParameterWire? wire) => wire is null ? "" : $"{wire.Style} {(wire.Explode ? "exploded" : "joined")} {(wire.AllowReserved ? "raw" : "encoded")} {wire.Name}";

    private static void WriteAll(Utf8JsonWriter json, params IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    // An array around all of it, so that no two descriptions are written alike.
    private static string HashOf(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            write(json);
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}

/// <summary>What of a description is not offered before a person accepts it.</summary>
/// <param name="Now">As it is described.</param>
/// <param name="Before">As it was accepted; null where it is new.</param>
public sealed record WaitingOperation(DescriptionPin Now, DescriptionPin? Before);

/// <summary>What people have accepted of one description.</summary>
/// <param name="Address">Of the platform; what was accepted of another one counts for nothing.</param>
/// <param name="Document">SHA-256 of the document that was last accepted whole.</param>
/// <param name="Pins">Each operation as it was accepted, also those that are gone.</param>
internal sealed record AcceptedDescription(string Address, string Document, IReadOnlyList<DescriptionPin> Pins);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AcceptedDescription))]
internal sealed partial class AcceptedDescriptionJson : JsonSerializerContext;
