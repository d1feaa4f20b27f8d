using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>PXCloud: one management over clusters of Proxmox VE and vSphere, known by the OpenAPI document that it serves.</summary>
internal static class PxCloudKind
{
    private static readonly PxCloudSettings Plain = new();

    public static BackendKind Kind { get; } = new()
    {
        Settings = PxCloudAuth.Settings,
        Title = "PXCloud",
        ToolPrefix = "pxc",
        Words = new PlatformWords { Server = "PXCloud", AddressSetting = "PXCLOUD_URL (usually https://HOST:8443)", FingerprintSetting = "tls.fingerprint (PXCLOUD_FINGERPRINT)" },
        DescriptionPath = "/api-docs/openapi.json",
        Description = PxCloudDescription.Rules,
        ReadDescription = static (text, rules) => new PxCloudDescription(Plain).Read(text, rules),
        CredentialHeaders = PxCloudAuth.Headers,
        Session = PxCloudSession.Rules,
        ReadError = PxCloudErrors.Read,
        NextStep = PxCloudErrors.Next,
        Retries = 3,
        DoubtsDescription = static reply => reply.Status is 404 or 405,
        Unwrap = PxCloudValue.Unwrap,
        OtherValuePath = "$.data",
        Encoding = new ArgumentEncoding { Body = PxCloudBody.Of },
        AccessOf = PathAccess.OfCall,
        Jobs = PxCloudTasks.Rules,
        Subjects = PxCloudSubjects.Rules,
        Summary = PxCloudSummary.Rules,
        Identity = new IdentityRules("get_api_auth_me", JsonElement.Parse("{}"), static (me, holder) => PxCloudValue.Text(me, "username") ?? holder) { Path = "/api/auth/me" },
        ConfirmTool = "pxcloud_confirm_change",
        Prompts = static () => PxCloudGuides.Prompts,
        Guides = static () => PxCloudGuides.Guides,
        Configure = Configure,
        Redaction = new RedactionRules
        {
            Hidden = ["password", "passwd", "secret", "token", "api_key", "private_key", "access_token", "refresh_token", "ticket", "otp"],
        },
    };

    private static BackendKind Configure(BackendSettings settings)
    {
        var (own, url) = (settings.PxCloud ?? Plain, settings.Url.First);
        return Kind with
        {
            ReadDescription = new PxCloudDescription(own).Read,
            DescriptionFile = own.Document,
            DescriptionSalt = Salt(own),
            Shown = (call, value) => PxCloudShare.Shown(call, value, url),
        };
    }

    private static string Salt(PxCloudSettings settings) => settings is { Tags: null, AllowDelete: false, System: false, Include: [], Document: null }
        ? ""
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{settings.AllowDelete} {settings.System} {settings.Document}\n{string.Join('\n', settings.Include)}\n\n{(settings.Tags is { } tags ? string.Join('\n', tags) : "*")}")).AsSpan(0, 8));
}
