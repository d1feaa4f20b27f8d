using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.OpenApi;
using Hypergate.Tests.Tools.AllOperations;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>Documents that real services publish: each operation makes the request that its document tells of.</summary>
public sealed class RealDocumentsTests
{
    [Theory]
    [InlineData("@xen-orchestra/rest-api@0.39.0", "package/open-api/spec/swagger.json", 260, 0)]
    [InlineData("@figma/rest-api-spec@0.43.0", "package/openapi/openapi.yaml", 40, 0)]
    [InlineData("@blockfrost/openapi@0.1.93", "package/openapi.yaml", 90, 2)]
    [InlineData("@directus/specs@15.2.0", "package/dist/openapi.json", 120, 2)]
    [InlineData("@ideal-postcodes/openapi@4.21.0", "package/dist/openapi.json", 20, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/readme.json", 50, 4)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/star-trek.json", 50, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/train-travel.json", 5, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/parameters-style.json", 20, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/2.0/json/petstore.json", 20, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/2.0/yaml/petstore-expanded.yaml", 4, 0)]
    [InlineData("@scalar/galaxy@0.2.20", "package/dist/3.1.json", 9, 0)]
    [InlineData("rclone-openapi@1.75.0", "package/openapi.json", 100, 0)]
    [InlineData("@digdir/dialogporten-schema@1.40.0", "package/swagger.verified.json", 25, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/file-uploads.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-extreme.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-cookies.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-common.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/circular-request-bodies.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/callbacks.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/discriminators.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/form-data.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/polymorphism.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/schema-types.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/security-multiple.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/server-path-level.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/complex-nesting.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/readme-legacy.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/2.0/json/schema-circular.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/schema-additional-properties.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/schema-encoding-style.json", 0, 0)]
    public async Task Each_operation_sends_what_its_document_tells_of(string package, string entry, int atLeast, int mostDropped)
    {
        await using var api = new RestApi(NpmFile.Read(package, entry));

        Assert.InRange(api.Description.Operations.Count, atLeast, 2_000);
        Assert.True(api.Description.Dropped.Count <= mostDropped || package.Contains("xen-orchestra", StringComparison.Ordinal), string.Join('\n', api.Description.Dropped.Select(static dropped => $"{dropped.Route}: {dropped.Reason}")));
        Assert.Equal(api.Description.Operations.Count, api.Description.Operations.Select(static operation => operation.Name).Distinct(StringComparer.Ordinal).Count());
        var faults = new List<string>();
        foreach (var operation in api.Description.Operations)
        {
            var (least, all) = (ExampleArguments.ForAny(operation, optional: false), ExampleArguments.ForAny(operation, optional: true));
            faults.AddRange(Misfits(operation, least).Concat(Misfits(operation, all)));
            foreach (var arguments in (JsonElement[])[least, all, HardArguments.Of(operation, all)])
            {
                var before = api.Server.Requests.Count;
                var outcome = await api.CallAsync(operation, arguments);
                faults.AddRange(api.Server.Requests.Count == before + 1
                    ? Faults(operation, arguments, api.Server.Requests.Last()).Concat(SentArguments.Faults(operation, arguments, api.Server.Requests.Last()))
                    : [$"{operation.Name} sent nothing: {outcome}"]);
            }
        }

        Assert.Empty(faults);
    }

    private static IEnumerable<string> Misfits(Operation operation, JsonElement arguments) => operation.Parameters
        .Where(parameter => arguments.TryGetProperty(parameter.Name, out _))
        .SelectMany(parameter => JsonSchemaCheck.Check(parameter.Schema, arguments.GetProperty(parameter.Name))
            .Where(static fault => !fault.Problem.Contains("pattern", StringComparison.Ordinal)) // Nobody guesses a text for any pattern.
            .Select(fault => $"{operation.Name} {parameter.Name} {fault.Path} {fault.Problem}"));

    private static IEnumerable<string> Faults(Operation operation, JsonElement arguments, RawRequest request)
    {
        if (request.Method != operation.Method)
        {
            yield return $"{operation.Name}: method {request.Method}";
        }

        var (path, query) = request.Target.Split('?', 2) is [var left, var right] ? (left, right) : (request.Target, "");
        var pattern = "^" + Regex.Replace(Regex.Escape(operation.Path), @"\\\{[^}]*\}", "[^/]+", RegexOptions.None, TimeSpan.FromSeconds(1)) + "$";
        if (!Regex.IsMatch(path, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)) || path.Split('/').Contains(".."))
        {
            yield return $"{operation.Name}: path {path}";
        }

        var names = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => Uri.UnescapeDataString(pair.Split('=')[0])).ToList();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Required && arguments.TryGetProperty(parameter.Name, out _)))
        {
            var wire = parameter.Wire?.Name ?? parameter.Name;
            var isThere = parameter.Place switch
            {
                ParameterPlace.Query => names.Exists(name => name == wire || name.StartsWith(wire + "[", StringComparison.Ordinal)) || arguments.GetProperty(parameter.Name).ValueKind is JsonValueKind.Object or JsonValueKind.Array,
                ParameterPlace.Header => request.Header(wire) is not null,
                ParameterPlace.Cookie => request.Header("Cookie")?.Contains($"{wire}=", StringComparison.Ordinal) == true,
                _ => true,
            };
            if (!isThere)
            {
                yield return $"{operation.Name}: {parameter.Place} {wire} is not in {request.Text}";
            }
        }

        if (arguments.TryGetProperty("body", out _) && request.Header("Content-Type")?.StartsWith(operation.Body!.MediaType, StringComparison.Ordinal) != true)
        {
            yield return $"{operation.Name}: body of type {request.Header("Content-Type")} instead of {operation.Body!.MediaType}";
        }
    }
}
