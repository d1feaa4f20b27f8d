using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>
/// Reads an OpenAPI 3 document (for APIs that are known by nothing else Swagger 2 and YAML too) as platforms really write them: an operation that makes no sense is dropped with its
/// reason, and the rest stays. Time and memory are bounded by <see cref="DescriptionLimits"/>.
/// </summary>
public static class OpenApiReader
{
    /// <param name="json">The document as UTF-8; not needed any more afterwards.</param>
    /// <param name="rules">What the kind of backend adds to it.</param>
    /// <exception cref="DescriptionException">The whole document is unusable; the text says why.</exception>
    public static Description Read(ReadOnlyMemory<byte> json, DescriptionRules rules)
    {
        using var written = Parse(rules.IsGeneral && YamlDocument.MayBe(json.Span) ? YamlDocument.ToJson(json.Span) : json, rules.Limits);
        try
        {
            if (!rules.IsGeneral || !SwaggerTwo.Is(written.RootElement))
            {
                return Read(written.RootElement, rules);
            }

            using var upgraded = Parse(SwaggerTwo.Upgrade(written.RootElement), rules.Limits with { DocumentBytes = int.MaxValue });
            return Read(upgraded.RootElement, rules);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new DescriptionException("OpenAPI spec holds texts that are not valid Unicode", exception);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json, DescriptionLimits limits)
    {
        if (json.Length > limits.DocumentBytes)
        {
            throw new DescriptionException($"OpenAPI spec has {json.Length} bytes; the limit is {limits.DocumentBytes}");
        }

        try
        {
            return JsonDocument.Parse(
                json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json,
                new JsonDocumentOptions { MaxDepth = limits.DocumentDepth });
        }
        catch (JsonException exception)
        {
            throw new DescriptionException($"OpenAPI spec returned invalid JSON: {exception.Message}", exception);
        }
    }

    private static Description Read(JsonElement root, DescriptionRules rules)
    {
        var context = new ReadingContext(root, rules);
        var paths = new PathsReader(context.References, rules.Limits);
        paths.Read(PathsOf(root));

        var names = OperationNames.Assign(paths.Declared.ConvertAll(static declared => declared.Route));
        var operations = ReadAll(paths, names, context);
        DescriptionWarnings.Add(context, paths, operations);
        return new Description
        {
            Operations = operations,
            Dropped = paths.Dropped,
            Title = InfoOf(root, "title"),
            Version = InfoOf(root, "version"),
            Summary = InfoOf(root, "description") is { Length: > 0 } words ? words : InfoOf(root, "title"),
            Warnings = context.Warnings,
        };
    }

    private static JsonElement PathsOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new DescriptionException("Invalid OpenAPI spec: it is not an object");
        }

        if (root.TryGetProperty("swagger", out _))
        {
            throw new DescriptionException("Invalid OpenAPI spec: version 2 (Swagger) is not supported, only OpenAPI 3");
        }

        return root.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Object
            ? paths
            : throw new DescriptionException("Invalid OpenAPI spec: missing \"paths\" object");
    }

    private static List<Operation> ReadAll(PathsReader paths, string[] names, ReadingContext context)
    {
        var reader = new OperationReader(context);
        var operations = new List<Operation>(paths.Declared.Count);
        for (var i = 0; i < paths.Declared.Count; i++)
        {
            var declared = paths.Declared[i];
            try
            {
                if (reader.NotOffered(declared) is { } reason)
                {
                    paths.Dropped.Add(new DroppedOperation(declared.Route, reason));
                    continue;
                }

                operations.Add(reader.Read(declared, names[i]));
            }
            catch (Exception exception) when (exception is UnusableOperationException or InvalidOperationException
                or ArgumentException or JsonException or FormatException)
            {
                // All but the first are how System.Text.Json meets broken texts and names that occur twice.
                var fault = exception is UnusableOperationException ? exception.Message : "it holds texts that cannot be read";
                paths.Dropped.Add(new DroppedOperation(declared.Route, fault));
                context.Warnings.Add($"{declared.Route} was left out: {fault}.");
            }
        }

        return operations;
    }

    private static string InfoOf(JsonElement root, string property) =>
        root.TryGetProperty("info", out var info) && info.ValueKind == JsonValueKind.Object
            ? SchemaKeywords.Text(info, property) ?? ""
            : "";
}
