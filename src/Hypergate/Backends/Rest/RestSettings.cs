using Hypergate.Schemas;

namespace Hypergate.Backends.Rest;

/// <summary>Which API a backend of kind <c>rest</c> is, and what of it is offered.</summary>
public sealed record RestSettings
{
    [Setting("What kind of description there is.", Values = ["openapi"])]
    public string Description { get; init; } = "openapi";

    [Setting("Where the OpenAPI 3 or Swagger 2 document lies, JSON or YAML: a file (a relative path starts at the settings file), an http or https address, "
        + "or a path of the backend's own address that begins with a slash and is no file. Only there the credential is sent along.",
        Example = "./shop.openapi.yaml")]
    public required string Document { get; init; }

    [Setting("Values for the variables in the addresses of the document's servers. Only the path of a server counts: the host is always that of url, "
        + "so that no document decides where a credential goes. Where url has a path itself, the document's servers do not count at all.",
        Example = "{ version: v2 }")]
    public IReadOnlyDictionary<string, string> ServerVariables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("The only operations that are offered, by what the document says of them: tag:NAME, path:/orders/*, method:GET or operation:list*. "
        + "Several in one text must all hold; * stands for any characters.", DefaultText = "all", Example = "[\"tag:orders method:GET\"]")]
    public IReadOnlyList<string>? Include { get; init; }

    [Setting("Operations that are not offered, written as in include. Wins over include.", Example = "[tag:internal]")]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    [Setting("A YAML or JSON file that corrects the document: names, titles, descriptions, access and parameters of operations.", Example = "./shop.overlay.yaml")]
    public string? Overlay { get; init; }
}
