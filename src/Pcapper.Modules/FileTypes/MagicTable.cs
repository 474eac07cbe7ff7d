namespace Pcapper.Modules.FileTypes;

/// <summary>The table of magic numbers: facts from the formats' specifications and IANA's registrations.</summary>
internal static class MagicTable
{
    // What is longer and surer stands above what is short. Types with a reader of their own (ZIP, OLE2, RIFF, ISO-BMFF) are refined by it.
    private const string Lines = """
        0|7F 'ELF'|application/x-executable|Program|elf so o ko axf prx run out bin
        0|CFFAEDFE|application/x-mach-o-executable|Program|dylib macho bundle o
        0|CEFAEDFE|application/x-mach-o-executable|Program|dylib macho bundle o
        0|FEEDFACE|application/x-mach-o-executable|Program|dylib macho bundle o
        0|FEEDFACF|application/x-mach-o-executable|Program|dylib macho bundle o
        0|'dex' 0A ?? ?? ?? 00|application/vnd.android.dex|Program|dex
        0|'dey' 0A ?? ?? ?? 00|application/vnd.android.odex|Program|odex
        0|'ZM' 00 00 00|application/x-uefi-te|Program|efi te
        0|27051956|application/x-uboot-image|Data|uimg uimage img bin
        0|D00DFEED|application/x-devicetree|Data|dtb fit itb
        0|'HDR0'|application/x-trx|Data|trx bin
        0|'UBI#'|application/x-ubi|Data|ubi bin img
        0|31181006|application/x-ubifs|Data|ubifs bin img
        0|'BC' C0DE|application/x-llvm-bitcode|Data|bc
        0|1B 'Lua'|application/x-lua-bytecode|Script|luac lua
        0|'%PDF-'|application/pdf|Document|pdf ai
        0|'%!PS'|application/postscript|Document|ps eps ai
        0|C5D0D3C6|application/postscript|Document|eps
        0|'{\rtf'|application/rtf|Document|rtf doc
        0|E4525C7B8CD8A74DAEB15378D02996D3|application/onenote|Document|one
        0|A12FFF43D9EF764C9EE210EA5722765F|application/onenote|Document|onetoc2
        0|'ITSF'|application/vnd.ms-htmlhelp|Document|chm
        0|'AT&TFORM'|image/vnd.djvu|Document|djvu djv
        60|'BOOKMOBI'|application/x-mobipocket-ebook|Document|mobi azw prc azw3
        0|'!BDN'|application/vnd.ms-outlook-pst|Database|pst ost
        0|FF 'WPC'|application/vnd.wordperfect|Document|wpd wp5 wp6
        0|DBA52D00|application/msword|Document|doc
        0|31BE0000|application/x-mswrite|Document|wri
        0|'?_' 0300|application/winhlp|Document|hlp
        0|'.snd'|audio/basic|Audio|au snd
        0|'PK' 0304|application/zip|Archive|zip
        0|'PK' 0506|application/zip|Archive|zip
        0|'PK' 0708|application/zip|Archive|zip
        0|'PK00PK' 0304|application/zip|Archive|zip
        0|'Rar!' 1A0700|application/x-rar-compressed|Archive|rar r00 cbr
        0|'Rar!' 1A070100|application/x-rar-compressed|Archive|rar cbr
        0|'7z' BCAF271C|application/x-7z-compressed|Archive|7z cb7
        0|1F8B08|application/gzip|Archive|gz tgz svgz emz
        0|1F9D90|application/x-compress|Archive|z taz
        0|'BZh' ?? 314159265359|application/x-bzip2|Archive|bz2 tbz tbz2
        0|'BZh' ?? 177245385090|application/x-bzip2|Archive|bz2 tbz tbz2
        0|FD '7zXZ' 00|application/x-xz|Archive|xz txz
        0|28B52FFD|application/zstd|Archive|zst tzst
        0|04224D18|application/x-lz4|Archive|lz4
        0|02214C18|application/x-lz4|Archive|lz4
        0|'LZIP' 01|application/lzip|Archive|lz tlz
        0|894C5A4F000D0A1A0A|application/x-lzop|Archive|lzo
        0|FF060000 'sNaPpY'|application/x-snappy-framed|Archive|sz
        0|5D0000 ?? ?? FFFFFFFFFFFFFFFF|application/x-lzma|Archive|lzma tlz
        0|'MSCF' 00000000|application/vnd.ms-cab-compressed|Archive|cab msu hlp
        0|'ISc('|application/x-installshield|Archive|cab hdr
        0|'xar!'|application/x-xar|Archive|pkg xar xip
        7|'**ACE**'|application/x-ace-compressed|Archive|ace
        0|60EA ?? 00|application/x-arj|Archive|arj
        2|'-lh' ?? '-'|application/x-lzh-compressed|Archive|lzh lha
        2|'-lz' ?? '-'|application/x-lzh-compressed|Archive|lzs lha
        20|DCA7C4FD|application/x-zoo|Archive|zoo
        0|'StuffIt'|application/x-stuffit|Archive|sit sitx
        0|'SIT!'|application/x-stuffit|Archive|sit
        0|'070707'|application/x-cpio|Archive|cpio
        0|'070701'|application/x-cpio|Archive|cpio img
        0|'070702'|application/x-cpio|Archive|cpio
        257|'ustar'|application/x-tar|Archive|tar gtar ova
        0|'!<arch>' 0A 'debian-binary'|application/vnd.debian.binary-package|Archive|deb udeb
        0|'!<arch>' 0A|application/x-archive|Archive|a lib ar
        0|EDABEEDB|application/x-rpm|Archive|rpm
        0|'Cr24'|application/x-chrome-extension|Archive|crx
        0|'MSWIM' 000000|application/x-ms-wim|DiskImage|wim esd swm
        0|'MAR1'|application/x-mozilla-update|Archive|mar
        0|'PA30'|application/x-ms-delta|Data|dpx msp
        0|'DCM' 01 'PA30'|application/x-ms-delta|Data|manifest
        0|'DCN' 01|application/x-ms-delta|Data|manifest
        0|'BSDIFF40'|application/x-bsdiff|Data|bsdiff
        0|D6C3C4|application/x-vcdiff|Data|vcdiff sdch
        0|D0CF11E0A1B11AE1|application/x-ole-storage|Document|doc xls ppt msg msi vsd pub mpp db msc suo
        0|4C0000000114020000000000C000000000000046|application/x-ms-shortcut|Shortcut|lnk
        32769|'CD001'|application/x-iso9660-image|DiskImage|iso img udf
        0|'conectix'|application/x-vhd|DiskImage|vhd
        0|'vhdxfile'|application/x-vhdx|DiskImage|vhdx
        0|'KDMV'|application/x-vmdk|DiskImage|vmdk
        0|'#' 20 'Disk' 20 'DescriptorFile'|application/x-vmdk|DiskImage|vmdk
        0|'QFI' FB|application/x-qemu-disk|DiskImage|qcow qcow2 img
        0|'<<<' 20 'Oracle' 20 'VM' 20|application/x-virtualbox-vdi|DiskImage|vdi
        64|7F10DABE|application/x-virtualbox-vdi|DiskImage|vdi
        0|'WithoutFreeSpace'|application/x-parallels-disk|DiskImage|hdd hds
        0|'encrcdsa'|application/x-apple-diskimage|DiskImage|dmg
        0|'koly' 00000004|application/x-apple-diskimage|DiskImage|dmg
        0|'hsqs'|application/x-squashfs|DiskImage|squashfs snap bin img
        0|'sqsh'|application/x-squashfs|DiskImage|squashfs bin img
        0|453DCD28|application/x-cramfs|DiskImage|cramfs img bin
        0|'-rom1fs-'|application/x-romfs|DiskImage|romfs img bin
        0|EB ?? 90 'NTFS' 20|application/x-ntfs-image|DiskImage|img dd raw
        0|EB ?? 90 'MSDOS5.0'|application/x-fat-image|DiskImage|img ima dd raw
        0|EB ?? 90 'mkfs.fat'|application/x-fat-image|DiskImage|img ima dd raw
        0|EB ?? 90 'EXFAT'|application/x-exfat-image|DiskImage|img dd raw
        512|'EFI' 20 'PART'|application/x-gpt-image|DiskImage|img dd raw bin
        0|'-FVE-FS-'|application/x-bitlocker-image|DiskImage|img dd
        0|'LUKS' BABE|application/x-luks-image|DiskImage|img luks
        0|'EVF' 090D0AFF00|application/x-ewf|DiskImage|e01 ex01
        0|'AFF10'|application/x-aff|DiskImage|aff
        0|89504E470D0A1A0A|image/png|Image|png apng
        0|8A4D4E470D0A1A0A|video/x-mng|Image|mng
        0|8B4A4E470D0A1A0A|image/x-jng|Image|jng
        0|FFD8FF|image/jpeg|Image|jpg jpeg jpe jfif
        0|'GIF87a'|image/gif|Image|gif
        0|'GIF89a'|image/gif|Image|gif
        0|0000000C6A5020200D0A870A|image/jp2|Image|jp2 jpx jpf
        0|FF4FFF51|image/x-jp2-codestream|Image|j2k j2c jpc
        0|0000000C4A584C200D0A870A|image/jxl|Image|jxl
        0|4949BC01|image/vnd.ms-photo|Image|jxr wdp hdp
        0|49492A00|image/tiff|Image|tif tiff dng nef cr2 arw
        0|4D4D002A|image/tiff|Image|tif tiff dng nef
        0|49492B00|image/tiff|Image|tif tiff
        0|4D4D002B|image/tiff|Image|tif tiff
        0|'8BPS' 0001|image/vnd.adobe.photoshop|Image|psd
        0|'8BPS' 0002|image/vnd.adobe.photoshop|Image|psb
        0|'gimp' 20 'xcf'|image/x-xcf|Image|xcf
        0|00000100|image/x-icon|Image|ico
        0|00000200|image/x-win-cursor|Image|cur
        0|'DDS' 20 7C000000|image/vnd.ms-dds|Image|dds
        0|'qoif'|image/qoi|Image|qoi
        0|'BPG' FB|image/bpg|Image|bpg
        0|762F3101|image/x-exr|Image|exr
        0|'#?RADIANCE'|image/vnd.radiance|Image|hdr
        0|'SDPX'|image/x-dpx|Image|dpx
        0|'XPDS'|image/x-dpx|Image|dpx
        0|'SIMPLE' 20 20 '='|application/fits|Image|fits fit
        0|D7CDC69A|image/wmf|Image|wmf
        40|20 'EMF'|image/emf|Image|emf
        0|59A66A95|image/x-sun-raster|Image|ras
        0|'FLIF'|image/flif|Image|flif
        0|AB 'KTX' 20|image/ktx|Image|ktx ktx2
        0|'icns'|image/x-icns|Image|icns
        128|'DICM'|application/dicom|Image|dcm dicom
        0|'AC10'|image/vnd.dwg|Document|dwg
        0|'RIFF' ?? ?? ?? ?? 'WEBP'|image/webp|Image|webp
        0|'RIFF' ?? ?? ?? ?? 'WAVE'|audio/x-wav|Audio|wav
        0|'RIFX' ?? ?? ?? ?? 'WAVE'|audio/x-wav|Audio|wav
        0|'RF64' ?? ?? ?? ?? 'WAVE'|audio/x-wav|Audio|wav
        0|'RIFF' ?? ?? ?? ?? 'AVI' 20|video/x-msvideo|Video|avi
        0|'RIFF' ?? ?? ?? ?? 'ACON'|application/x-navi-animation|Image|ani
        0|'RIFF' ?? ?? ?? ?? 'RMID'|audio/midi|Audio|rmi
        0|'RIFF' ?? ?? ?? ?? 'sfbk'|audio/x-soundfont|Audio|sf2
        0|'RIFF' ?? ?? ?? ?? 'CDR'|image/x-coreldraw|Image|cdr
        0|'FORM' ?? ?? ?? ?? 'AIFF'|audio/x-aiff|Audio|aif aiff
        0|'FORM' ?? ?? ?? ?? 'AIFC'|audio/x-aiff|Audio|aif aiff aifc
        0|'FORM' ?? ?? ?? ?? 'ILBM'|image/x-ilbm|Image|iff lbm
        0|'ID3'|audio/mpeg|Audio|mp3
        0|'fLaC'|audio/flac|Audio|flac
        28|'OpusHead'|audio/opus|Audio|opus ogg
        28|01 'vorbis'|audio/ogg|Audio|ogg oga
        28|80 'theora'|video/ogg|Video|ogv
        0|'OggS' 00|application/ogg|Audio|ogg oga ogv ogx opus spx
        0|'MThd' 00000006|audio/midi|Audio|mid midi
        0|'#!AMR'|audio/amr|Audio|amr
        0|'MAC' 20 ?? 0F|audio/x-ape|Audio|ape
        0|'wvpk'|audio/x-wavpack|Audio|wv
        0|'TTA1'|audio/x-tta|Audio|tta
        0|'MPCK'|audio/x-musepack|Audio|mpc
        0|'caff' 0001|audio/x-caf|Audio|caf
        0|'DSD' 20 1C00000000000000|audio/x-dsf|Audio|dsf
        0|'Extended' 20 'Module:' 20|audio/x-xm|Audio|xm
        0|'IMPM'|audio/x-it|Audio|it
        0|'#EXTM3U'|application/vnd.apple.mpegurl|Text|m3u8 m3u
        0|3026B2758E66CF11A6D900AA0062CE6C|video/x-ms-asf|Video|wmv wma asf
        0|1A45DFA3|video/x-matroska|Video|mkv webm mka
        0|'FLV' 01|video/x-flv|Video|flv
        0|'.RMF' 000000|application/vnd.rn-realmedia|Video|rm rmvb
        0|000001BA|video/mpeg|Video|mpg mpeg vob
        0|000001B3|video/mpeg|Video|mpg mpeg m1v m2v
        4|'ftyp'|video/mp4|Video|mp4 m4v
        4|'moov'|video/quicktime|Video|mov qt
        4|'mdat'|video/quicktime|Video|mov qt
        4|'wide' 00|video/quicktime|Video|mov qt
        4|'styp'|video/iso.segment|Video|m4s mp4
        4|'moof' 00|video/iso.segment|Video|m4s mp4
        0|060E2B3402050101|application/mxf|Video|mxf
        0|'wOFF'|font/woff|Font|woff
        0|'wOF2'|font/woff2|Font|woff2
        0|'OTTO' 00|font/otf|Font|otf
        0|'ttcf' 00|font/collection|Font|ttc otc
        0|0001000000|font/ttf|Font|ttf
        0|'true' 00|font/ttf|Font|ttf
        8|?? 000200 ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? 'LP'|application/vnd.ms-fontobject|Font|eot
        0|8001 ?? ?? ?? ?? '%!PS'|application/x-font-type1|Font|pfb
        0|'CWS'|application/x-shockwave-flash|Data|swf
        0|'FWS'|application/x-shockwave-flash|Data|swf
        0|'ZWS'|application/x-shockwave-flash|Data|swf
        0|CAFED00D|application/x-java-pack200|Archive|pack
        0|CAFEBABE|application/java-vm|Program|class
        0|ACED0005|application/x-java-serialized-object|Data|ser
        0|FEEDFEED|application/x-java-keystore|Certificate|jks keystore
        0|0061736D|application/wasm|Data|wasm
        0|'SQLite' 20 'format' 20 '3' 00|application/x-sqlite3|Database|sqlite sqlite3 db db3
        0|377F0682|application/x-sqlite3-wal|Database|wal
        4|'Standard' 20 'Jet' 20 'DB'|application/x-msaccess|Database|mdb
        4|'Standard' 20 'ACE' 20 'DB'|application/x-msaccess|Database|accdb
        4|EFCDAB89|application/x-ms-ese|Database|edb dit sdb
        0|'regf'|application/x-ms-registry-hive|Database|hive dat reg
        0|'ElfFile' 00|application/x-ms-evtx|Database|evtx
        4|'LfLe'|application/x-ms-evt|Database|evt
        0|'PAR1'|application/vnd.apache.parquet|Database|parquet
        0|'Obj' 01|application/avro|Database|avro
        0|'ARROW1' 0000|application/vnd.apache.arrow.file|Database|arrow feather
        0|89 'HDF' 0D0A1A0A|application/x-hdf5|Database|h5 hdf5 nc
        0|'CDF' 01|application/x-netcdf|Database|nc cdf
        0|'PGDMP'|application/x-postgresql-dump|Database|dump pgdump
        0|'TAPE' 00|application/x-mssql-backup|Database|bak
        0|'REDIS0'|application/x-redis-dump|Database|rdb
        0|03D9A29A|application/x-keepass|Database|kdb kdbx
        4|65FB4BB5|application/x-keepass|Database|kdb kdbx
        0|'MDMP' 93A7|application/x-ms-minidump|Data|dmp mdmp
        0|'PAGEDU'|application/x-ms-crashdump|Data|dmp
        4|'SCCA'|application/x-ms-prefetch|Data|pf
        0|'MAM' 04|application/x-ms-prefetch|Data|pf
        0|'Microsoft' 20 'C/C++' 20|application/x-ms-pdb|Data|pdb
        0|'bplist00'|application/x-bplist|Data|plist strings
        0|D4C3B2A1|application/vnd.tcpdump.pcap|Capture|pcap cap dmp
        0|A1B2C3D4|application/vnd.tcpdump.pcap|Capture|pcap cap dmp
        0|4D3CB2A1|application/vnd.tcpdump.pcap|Capture|pcap cap
        0|A1B23C4D|application/vnd.tcpdump.pcap|Capture|pcap cap
        0|0A0D0D0A ?? ?? ?? ?? 4D3C2B1A|application/x-pcapng|Capture|pcapng ntar
        0|0A0D0D0A ?? ?? ?? ?? 1A2B3C4D|application/x-pcapng|Capture|pcapng ntar
        0|'snoop' 000000|application/x-snoop|Capture|snoop cap
        0|'XCP' 00|application/x-netxray|Capture|cap
        0|'GMBU'|application/x-netmon|Capture|cap
        0|'-----BEGIN' 20 'PGP' 20|application/pgp-encrypted|Certificate|asc pgp gpg sig
        0|'-----BEGIN' 20|application/x-pem-file|Certificate|pem crt cer key csr p7b pub
        0|'ssh-rsa' 20|application/x-ssh-public-key|Certificate|pub
        0|'PuTTY-User-Key-File-'|application/x-putty-key|Certificate|ppk
        0|'age-encryption.org/'|application/x-age|Certificate|age
        0|'Salted__'|application/x-openssl-encrypted|Data|enc
        0|'d8:announce'|application/x-bittorrent|Data|torrent
        0|'glTF'|model/gltf-binary|Data|glb
        0|'ply' 0A|model/x-ply|Data|ply
        0|'Kaydara' 20 'FBX'|model/x-fbx|Data|fbx
        0|'BLENDER'|application/x-blender|Data|blend
        0|'GGUF'|application/x-gguf|Data|gguf
        0|93 'NUMPY'|application/x-numpy|Data|npy
        0|'CrAU' 00|application/x-chromeos-update|Data|payload bin
        0|'ANDROID!'|application/x-android-bootimg|Data|img
        0|'ANDROID' 20 'BACKUP'|application/x-android-backup|Archive|ab
        0|3AFF26ED|application/x-android-sparse|DiskImage|img simg
        0|'BEGIN:VCARD'|text/vcard|Text|vcf
        0|'BEGIN:VCALENDAR'|text/calendar|Text|ics
        0|'WEBVTT'|text/vtt|Text|vtt
        0|'Windows' 20 'Registry' 20 'Editor'|text/x-ms-regedit|Script|reg
        0|'REGEDIT4'|text/x-ms-regedit|Script|reg
        0|'[InternetShortcut]'|application/x-mswinurl|Shortcut|url website
        0|'X5O!P%@AP[4\PZX54(P^)7CC)7}'|text/x-eicar|Program|com exe
        """;

    /// <summary>Gets the table, in the order in which it is looked through.</summary>
    public static IReadOnlyList<Magic> All { get; } = [.. Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Magic.Parse)];

    /// <summary>Gets what each ending of a name claims, by the first type that has it.</summary>
    public static IReadOnlyDictionary<string, FileKind> Endings { get; } = All.SelectMany(m => m.Type.Endings.Select(e => (Ending: e, m.Type.Kind)))
        .GroupBy(e => e.Ending, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Kind, StringComparer.OrdinalIgnoreCase);
}
