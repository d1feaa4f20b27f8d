using System.Diagnostics;
using System.Text;
using Hypergate.Backends;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Tests.Backends.Rest;
using Hypergate.Tests.Descriptions.OpenApi;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What files that are made of platforms and of published documents leave out.</summary>
public sealed class DadlExportToldTests
{
    [Theory]
    [InlineData("xen-orchestra")]
    [InlineData("proxmox-ve")]
    public void Platform(string name)
    {
        var (kind, operations) = DadlExportComparisonTests.Platform(name);
        var options = new BackendOptions { Name = name, Kind = kind, Credential = new Credential.Token("t"), Http = new BackendHttpOptions { Address = new Uri("https://api.example.com"), Words = kind.Words } };
        var watch = Stopwatch.StartNew();
        var file = DadlExport.Write(options, operations, TimeProvider.System.GetUtcNow());
        File.WriteAllText($"/tmp/dadl12-{name}.dadl", file.Text);
        Assert.Fail($"{watch.ElapsedMilliseconds} {operations.Count} {file.Summary}");
    }

    [Theory]
    [InlineData("@figma/rest-api-spec@0.43.0", "package/openapi/openapi.yaml")]
    [InlineData("@blockfrost/openapi@0.1.93", "package/openapi.yaml")]
    [InlineData("@directus/specs@15.2.0", "package/dist/openapi.json")]
    [InlineData("@xen-orchestra/rest-api@0.39.0", "package/open-api/spec/swagger.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/readme.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/parameters-style.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/2.0/json/petstore.json")]
    [InlineData("rclone-openapi@1.75.0", "package/openapi.json")]
    [InlineData("@digdir/dialogporten-schema@1.40.0", "package/swagger.verified.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/file-uploads.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-extreme.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-cookies.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/form-data.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/security-multiple.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/schema-additional-properties.json")]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/schema-encoding-style.json")]
    public async Task Document(string package, string entry)
    {
        await using var api = new RestApi(NpmFile.Read(package, entry));
        var watch = Stopwatch.StartNew();
        var file = DadlExport.Write(api.Backend.Options, api.Description.Operations, TimeProvider.System.GetUtcNow());
        File.WriteAllText($"/tmp/dadl12-{Path.GetFileName(entry)}.dadl", file.Text ?? string.Join("\n", file.Told));
        Assert.Fail($"{watch.ElapsedMilliseconds} {api.Description.Operations.Count} {file.Summary}");
    }
}
