namespace Hypergate.Model;

/// <summary>What a call can do to the platform, in rising order of harm; policies compare with the order.</summary>
public enum Access
{
    /// <summary>Looks only, and returns no credential.</summary>
    Read,

    /// <summary>Changes a guest, a disk or a network card, and can be undone.</summary>
    Write,

    /// <summary>Rights, credentials and configuration of the platform.</summary>
    Admin,

    /// <summary>Destroys, cuts power, or cannot be undone.</summary>
    Dangerous,
}
