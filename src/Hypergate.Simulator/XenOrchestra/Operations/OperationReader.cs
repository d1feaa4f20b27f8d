using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>Reads the operations out of the OpenAPI document.</summary>
internal static class OperationReader
{
    private const string JsonType = "application/json";
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];

    public static IEnumerable<Operation> Read(JsonObject document)
    {
        foreach (var (template, methods) in document["paths"]!.AsObject())
        {
            foreach (var method in Methods.Where(methods!.AsObject().ContainsKey))
            {
                yield return Read(template, method.ToUpperInvariant(), methods[method]!.AsObject());
            }
        }
    }

    private static Operation Read(string template, string method, JsonObject declared)
    {
        var body = declared["requestBody"]?.AsObject();
        return new Operation
        {
            Id = $"{method} {template}",
            Method = method,
            Template = template,
            IsPublic = IsPublic(declared["security"]?.AsArray()),
            Parameters = [.. Parameters(declared)],
            Successes = [.. Successes(declared)],
            BodySchema = body?["content"]?[JsonType]?["schema"]?.AsObject(),
            BodyIsRequired = body?["required"]?.GetValue<bool>() ?? false,
            Privileges = [.. Privileges(declared["description"]?.GetValue<string>() ?? "")],
        };
    }

    private static bool IsPublic(JsonArray? security) =>
        security is null || security.Any(form => form!.AsObject().ContainsKey("none"));

    private static IEnumerable<OperationParameter> Parameters(JsonObject declared) =>
        from parameter in declared["parameters"]?.AsArray() ?? []
        let place = parameter["in"]!.GetValue<string>()
        where place is "path" or "query"
        select new OperationParameter(
            parameter["name"]!.GetValue<string>(),
            place == "path",
            parameter["required"]?.GetValue<bool>() ?? false,
            parameter["schema"]?.AsObject() ?? []);

    private static IEnumerable<int> Successes(JsonObject declared) =>
        from response in declared["responses"]!.AsObject()
        let status = int.Parse(response.Key, CultureInfo.InvariantCulture)
        where status is >= 200 and < 300
        select status;

    /// <summary>Lines of the form <c>- resource: vm, action: start (if …)</c>.</summary>
    private static IEnumerable<RequiredPrivilege> Privileges(string description)
    {
        const string resourceWord = "- resource: ";
        const string actionWord = ", action: ";
        foreach (var line in description.Split('\n').Select(line => WebUtility.HtmlDecode(line.Trim())))
        {
            var split = line.IndexOf(actionWord, StringComparison.Ordinal);
            if (line.StartsWith(resourceWord, StringComparison.Ordinal) && split > 0)
            {
                var action = line[(split + actionWord.Length)..].Split(' ', 2);
                yield return new RequiredPrivilege(line[resourceWord.Length..split], action[0], action.ElementAtOrDefault(1));
            }
        }
    }
}
