using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Reads one operation of a document.</summary>
internal sealed class OperationReader(ReadingContext context)
{
    private const int MostTags = 10;

    private readonly ParameterReader _parameters = new(context);
    private readonly FieldEncodings _fields = new(context);
    private readonly ResponseReader _responses = new(context);
    private readonly SecurityReader _security = new(context);
    private readonly ServerReader _servers = new(context);
    private readonly OperationTitle _title = new(new Words(context.Rules.Vocabulary));

    /// <summary>Why the operation is not offered although nothing is wrong with it; null where it is.</summary>
    public string? NotOffered(DeclaredOperation declared)
    {
        foreach (var excluded in context.Rules.Excluded)
        {
            if (RoutePattern.Fits(excluded.Pattern, declared.Route.Path))
            {
                return excluded.Reason;
            }
        }

        if (!context.Rules.IsGeneral && Body(declared) is { } body && MediaTypes.HasAny(body) && MediaTypes.Json(body) is null)
        {
            return $"takes {MediaTypes.OnlyBinary(body) ?? "text"}, not JSON";
        }

        return _responses.OnlyBinary(declared.Element) is { } type ? $"answers with {type}, not JSON" : null;
    }

    /// <exception cref="UnusableOperationException">The operation cannot be called as the document tells it.</exception>
    public Operation Read(DeclaredOperation declared, string name)
    {
        context.Budget.BeginOperation();
        var (route, pathItem, element) = declared;
        var path = PathTemplate.Parse(context.Rules.IsGeneral ? route.Path.Split('#')[0] : route.Path, isGeneral: context.Rules.IsGeneral); // A fragment tells operations apart and is never sent.
        var (shown, switches) = _parameters.Read(route, path, pathItem, element);
        var answer = _responses.Read(route, element, [.. shown.Select(static parameter => parameter.Name)]);
        var text = context.Rules.Split(RawDescription(element));
        var summary = SchemaKeywords.Text(element, "summary");
        return new Operation
        {
            Name = name,
            DeclaredName = route.Name,
            Domain = context.Rules.IsGeneral ? GeneralDomain.Of(TagsOf(element), path) : path.Domain,
            Title = string.IsNullOrEmpty(summary) ? _title.Of(route, path, answer.Shape == ResultShape.List) : TitleOf(summary),
            Description = DescriptionText.OneLine(text.Text, DescriptionText.LongestDescription),
            Method = route.Method,
            Path = _servers.PathOf(pathItem, element) + path.Text,
            Tags = TagsOf(element),
            Access = context.Rules.IsGeneral ? AccessMark.On(context.Rules.AccessOf(route), route.Method, element) : context.Rules.AccessOf(route),
            Exposure = ExposureOf(element, answer.Shape),
            Deprecated = SchemaKeywords.IsTrue(element, "deprecated"),
            Parameters = shown,
            Switches = switches,
            Body = BodyOf(declared),
            Result = answer.Shape,
            HasListArguments = answer.Shape == ResultShape.List && context.Rules.Lists is not null,
            DefaultFields = answer.DefaultFields,
            KnownFields = answer.KnownFields,
            Requires = text.Requires,
            CredentialWays = _security.Read(element),
        };
    }

    private JsonElement? Body(DeclaredOperation declared) =>
        declared.Element.TryGetProperty("requestBody", out var body) ? context.References.Follow(body) : null;

    private RequestBody? BodyOf(DeclaredOperation declared)
    {
        if (Body(declared) is not { } body || Media(body) is not { } media)
        {
            return null;
        }

        var isRequired = SchemaKeywords.IsTrue(body, "required");
        if (!MediaTypes.IsJson(media.Type) && !MediaTypes.IsForm(media.Type))
        {
            return new RequestBody(context.Schemas.Read(MediaTypes.TextOrBytes(media.Type), []), isRequired, media.Type);
        }

        var schema = media.Content.TryGetProperty("schema", out var found) ? found : JsonElement.Parse("{}");
        var fields = _fields.Read(media.Content, media.Type);
        return new RequestBody(FieldEncodings.WithTexts(context.Schemas.Read(schema, Examples.ToShow(media.Content, context.References), isSent: true), fields), isRequired, media.Type) { Fields = fields };
    }

    private (string Type, JsonElement Content)? Media(JsonElement body) => MediaTypes.Json(body) is { } json
        ? (context.Rules.IsGeneral ? MediaTypes.JsonType(body) : RequestBody.Json, json)
        : context.Rules.IsGeneral ? MediaTypes.Other(body) : null;

    // Statistics are advised against for their size alone, and the gateway shows only a summary of them.
    private Exposure ExposureOf(JsonElement element, ResultShape shape) => ExposureIn(element) switch
    {
        Exposure.Deny when shape == ResultShape.Statistics => Exposure.Allow,
        var advised => advised,
    };

    private Exposure ExposureIn(JsonElement element)
    {
        if (context.Rules.ExposureProperty is not { } property || !element.TryGetProperty(property, out var word))
        {
            return Exposure.Unmarked;
        }

        return word.ValueKind != JsonValueKind.String ? Exposure.Deny : word.GetString() switch
        {
            "allow" => Exposure.Allow,
            "confirm" => Exposure.Confirm,
            _ => Exposure.Deny,
        };
    }

    private static IReadOnlyList<string> TagsOf(JsonElement element) =>
        element.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. tags.EnumerateArray().Where(static tag => tag.ValueKind == JsonValueKind.String).Take(MostTags).Select(static tag => DescriptionText.OneLine(tag.GetString()!, DescriptionText.LongestTitle))]
            : [];

    private static string TitleOf(string summary) =>
        DescriptionText.Shorten(char.ToUpperInvariant(summary[0]) + summary[1..].TrimEnd('.'), DescriptionText.LongestTitle);

    private static string RawDescription(JsonElement element)
    {
        var text = element.TryGetProperty("description", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
        return text.Length > DescriptionText.LongestRawText ? text[..DescriptionText.LongestRawText] : text;
    }
}
