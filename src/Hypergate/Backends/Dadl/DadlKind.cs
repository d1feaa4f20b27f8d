using System.Security.Cryptography;
using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl;

/// <summary>Any API that a DADL file describes: how it is called, read, paged and tried again stands there.</summary>
internal static class DadlKind
{
    public const string Name = "dadl";

    public static BackendKind Kind { get; } = new()
    {
        Settings = DadlAuthSettings.Settings,
        Title = "REST API",
        ToolPrefix = Name,
        Words = new PlatformWords { Server = "The API", AddressSetting = "url" },
        DescriptionPath = "",
        Description = new DescriptionRules { AccessOf = static _ => Access.Dangerous },
        ReadDescription = static (_, _) => throw new DescriptionException("The settings of kind dadl need dadl, with the file that describes the API"),
        CredentialHeaders = static _ => [],
        ReadError = RestErrors.Read,
        AnswersText = true,
        IsRemembered = false,
        OffersDeprecated = true,
        IsAnyApi = true,
        Configure = Configure,
        Redaction = RestKind.Kind.Redaction with { Credentials = [new CredentialObject("id", ["user_id", "expiration"])] },
    };

    /// <exception cref="DescriptionException">The file cannot be used, and nothing can be begun without it.</exception>
    private static BackendKind Configure(BackendSettings settings)
    {
        var dadl = settings.Dadl ?? throw new DescriptionException("The settings of kind dadl need dadl, with the file that describes the API");
        var file = FileOf(dadl.File, settings.Name);
        var live = new DadlLive(dadl, Path.GetDirectoryName(file)!, Path.GetFileName(file));
        return Kind with
        {
            ToolPrefix = RestKind.PrefixOf(settings.Name),
            Address = settings.Url.IsGiven ? null : live.AddressIn(file),
            DescriptionFile = file,
            DescriptionParts = DadlIncludes.HashOf,
            DescriptionSalt = Salt(settings, dadl),
            ReadDescription = (text, _) => live.Read(text.Span),
            Prepare = token => live.PrepareAsync(file, token),
            Runner = (client, time) => live.RunnerFor(client, time),
        };
    }

    private static string FileOf(string path, string backend) => Directory.Exists(path) ? Path.Combine(path, $"{backend}.dadl") : path;

    private static string Salt(BackendSettings settings, DadlSettings dadl)
    {
        var words = string.Join('\n', [
            settings.Url.First.AbsoluteUri,
            .. dadl.AccessMap.Concat(dadl.AccessOverrides).Concat(dadl.ParameterNames).Concat(dadl.ContentTypes).Select(static pair => $"{pair.Key}={pair.Value}"),
            .. dadl.AllowHosts, "+", $"{dadl.AllowUploads} {dadl.OfferFilter} {dadl.TransformFailure}"]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 8));
    }
}
