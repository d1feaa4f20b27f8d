using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Reads which credentials an operation takes, where the document is all that is known of the API.</summary>
internal sealed class SecurityReader(ReadingContext context)
{
    public IReadOnlyList<CredentialWay> Read(JsonElement operation)
    {
        if (!context.Rules.IsGeneral
            || !(operation.TryGetProperty("security", out var security) || context.Root.TryGetProperty("security", out security))
            || security.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var ways = security.EnumerateArray().Where(static way => way.ValueKind == JsonValueKind.Object)
            .Select(way => new CredentialWay([.. way.EnumerateObject().Select(scheme => PartOf(scheme.Name))])).ToList();

        // An empty list says that nothing is needed, which an empty way says too.
        return ways.Count > 0 ? ways : [new CredentialWay([])];
    }

    private CredentialPart PartOf(string name)
    {
        var label = DescriptionText.OneLine(name, DescriptionText.LongestTitle);
        if (!context.Root.TryGetProperty("components", out var components) || components.ValueKind != JsonValueKind.Object
            || !components.TryGetProperty("securitySchemes", out var schemes) || schemes.ValueKind != JsonValueKind.Object
            || !schemes.TryGetProperty(name, out var scheme))
        {
            return new CredentialPart(label, CredentialKind.Unknown, "");
        }

        scheme = context.References.Follow(scheme);
        var key = Text(scheme, "name");
        return Text(scheme, "type") switch
        {
            "http" when Text(scheme, "scheme").Equals("basic", StringComparison.OrdinalIgnoreCase) => new(label, CredentialKind.Basic, ""),
            "http" when Text(scheme, "scheme").Equals("bearer", StringComparison.OrdinalIgnoreCase) => new(label, CredentialKind.Bearer, ""),
            "oauth2" or "openIdConnect" => new(label, CredentialKind.Bearer, ""),
            "apiKey" when key.Length > 0 => new(label, KindOf(Text(scheme, "in")), key),
            _ => new(label, CredentialKind.Unknown, ""),
        };
    }

    private static CredentialKind KindOf(string place) => place switch
    {
        "header" => CredentialKind.Header,
        "query" => CredentialKind.Query,
        "cookie" => CredentialKind.Cookie,
        _ => CredentialKind.Unknown,
    };

    private static string Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
