using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>
/// Software that its makers no longer mend. A short list of common servers, only branches whose end is published; sources beside them.
/// A distribution may mend a branch for longer: the finding says so.
/// </summary>
internal static class EndOfLife
{
    private static readonly Branch[] s_branches =
    [
        // httpd.apache.org, announcements of the last releases of 1.3, 2.0 and 2.2
        new("Apache", "1", 1, -1, "2010-02-03"), new("Apache", "2.0", 2, 0, "2013-07-10"), new("Apache", "2.2", 2, 2, "2017-07-11"),

        // php.net/eol.php
        new("PHP", "4", 4, -1, "2008-08-07"), new("PHP", "5", 5, -1, "2018-12-31"), new("PHP", "7.0", 7, 0, "2019-01-10"), new("PHP", "7.1", 7, 1, "2019-12-01"),
        new("PHP", "7.2", 7, 2, "2020-11-30"), new("PHP", "7.3", 7, 3, "2021-12-06"), new("PHP", "7.4", 7, 4, "2022-11-28"), new("PHP", "8.0", 8, 0, "2023-11-26"),

        // learn.microsoft.com/lifecycle: IIS ends with the Windows that it came with (2000, XP, Server 2003, 2008, 2008 R2, 2012)
        new("Microsoft-IIS", "4", 4, -1, "2004-12-31"), new("Microsoft-IIS", "5.0", 5, 0, "2010-07-13"), new("Microsoft-IIS", "5.1", 5, 1, "2014-04-08"),
        new("Microsoft-IIS", "6", 6, -1, "2015-07-14"), new("Microsoft-IIS", "7", 7, -1, "2020-01-14"), new("Microsoft-IIS", "8", 8, -1, "2023-10-10"),

        // openssh.com/releasenotes.html: only the latest release is mended; 5.0 is of 2008, 6.0 of 2012
        new("OpenSSH", "1 to 4", 1, -1, "2008-04-03"), new("OpenSSH", "1 to 4", 2, -1, "2008-04-03"), new("OpenSSH", "1 to 4", 3, -1, "2008-04-03"),
        new("OpenSSH", "1 to 4", 4, -1, "2008-04-03"), new("OpenSSH", "5", 5, -1, "2012-04-22"),

        // nginx.org/en/CHANGES: 0.8 was the last branch before 1.0, which came out on 2011-04-12
        new("nginx", "0", 0, -1, "2011-04-12"),

        // openssl-library.org/policies/releasestrat
        new("OpenSSL", "0.9", 0, 9, "2015-12-31"), new("OpenSSL", "1.0", 1, 0, "2019-12-31"), new("OpenSSL", "1.1", 1, 1, "2023-09-11"),

        // postgresql.org/support/versioning
        new("PostgreSQL", "8", 8, -1, "2014-07-24"), new("PostgreSQL", "9", 9, -1, "2021-11-11"), new("PostgreSQL", "10", 10, -1, "2022-11-10"),
        new("PostgreSQL", "11", 11, -1, "2023-11-09"), new("PostgreSQL", "12", 12, -1, "2024-11-21"),

        // oracle.com/support/lifetime-support: end of extended support
        new("MySQL", "4", 4, -1, "2009-12-31"), new("MySQL", "5.0", 5, 0, "2012-01-09"), new("MySQL", "5.1", 5, 1, "2013-12-31"),
        new("MySQL", "5.5", 5, 5, "2018-12-03"), new("MySQL", "5.6", 5, 6, "2021-02-05"), new("MySQL", "5.7", 5, 7, "2023-10-31"),

        // peps.python.org/pep-0373: servers written in Python 2 name it
        new("Python", "2", 2, -1, "2020-01-01"),
    ];

    /// <summary>Finds the branch of a product that was no longer mended at a time; null if there is none.</summary>
    public static Branch? Find(Product product, Timestamp seen)
    {
        foreach (Branch branch in s_branches)
        {
            if (string.Equals(branch.Product, product.Name, StringComparison.OrdinalIgnoreCase) && product.Number(0) == branch.Major
                && (branch.Minor < 0 || product.Number(1) == branch.Minor) && string.CompareOrdinal(branch.End, seen.ToString()[..10]) < 0)
            {
                return branch;
            }
        }

        return null;
    }

    /// <summary>A line of releases.</summary>
    /// <param name="Product">The product.</param>
    /// <param name="Name">The branch.</param>
    /// <param name="Major">The first number of its versions.</param>
    /// <param name="Minor">The second number, or -1 for any.</param>
    /// <param name="End">The day of its end.</param>
    public sealed record Branch(string Product, string Name, int Major, int Minor, string End);
}
